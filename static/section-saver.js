// Saving by itself: on a pause, on leaving, again when the line is back. Two people's texts are
// joined by the portal where they can be; where they cannot, a person chooses.
// base: the text both sides agreed on last; version: the newest one seen.
"use strict";

class SectionSaver {
  static PAUSE = 1200; // ms after the last key
  static LONGEST = 8000; // ms while somebody types without a pause
  static RETRY = 6000; // ms between tries while there is no connection
  static BEAT = 10_000; // ms between heartbeats
  static MOST_KEEPALIVE = 60_000; // bytes a browser sends for a page that is gone

  constructor(desk) {
    const { data } = desk;
    this.desk = desk;
    this.store = new SectionStore(data.store, data.now, () => desk.notify(data.words.noStore));
    this.version = data.version;
    this.base = desk.text();
    this.saved = this.base;
    this.left = this.leftNow();
    this.place = document.getElementById("save-state");
    this.sending = false;
    this.held = ""; // why nothing is sent: "line", "session", "refused", "conflict", "failed"
    this.show("untouched");
    this.begin();
  }

  begin() {
    const flush = () => this.flush();
    window.addEventListener("online", flush);
    window.addEventListener("focus", flush);
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") this.leave();
      else this.flush();
    });
    window.addEventListener("pagehide", () => {
      this.leave();
      this.beat({ leaving: true });
    });
    window.addEventListener("beforeunload", (event) => {
      const unsafe = ["refused", "conflict"].includes(this.held) || !this.store.works;
      if (this.is_dirty && unsafe) event.preventDefault();
    });
    setInterval(() => {
      if (this.held === "line" || this.held === "failed") this.flush();
    }, SectionSaver.RETRY);
    setInterval(() => this.beat(), SectionSaver.BEAT);
    this.beat();
  }

  get is_dirty() {
    return this.desk.text() !== this.saved || this.left !== this.leftNow();
  }

  leftNow() {
    return [...this.desk.left].sort().join("\n");
  }

  // Told by the desk after each change.
  changed() {
    this.keepSoon();
    if (this.held === "refused") this.held = "";
    if (!this.held) this.show("unsaved");
    clearTimeout(this.pause);
    this.pause = setTimeout(() => this.save(), SectionSaver.PAUSE);
    this.longest ??= setTimeout(() => this.save(), SectionSaver.LONGEST);
  }

  keepSoon() {
    this.keeping ??= setTimeout(() => {
      this.keeping = null;
      this.keep();
    }, 60);
  }

  keep() {
    if (!this.is_dirty) return;
    const { base, version } = this;
    this.store.keep({ html: this.desk.text(), base, version, left: [...this.desk.left] });
  }

  body() {
    const { base, version } = this;
    return { html: this.desk.text(), base, version, left: [...this.desk.left] };
  }

  async save() {
    clearTimeout(this.pause);
    clearTimeout(this.longest);
    this.longest = null;
    if (this.sending || this.held === "conflict") return;
    if (!this.is_dirty) {
      this.done();
      return;
    }
    this.sending = true;
    this.show("saving");
    const sent = this.body();
    const left = this.leftNow();
    const outcome = await Line.post(this.desk.data.addresses.save, sent);
    this.sending = false;
    const answered = this.answers[outcome.status] ?? this.answers.failed;
    answered.call(this, outcome.answer, sent, left);
  }

  answers = {
    200(answer, sent, left) {
      this.held = "";
      this.left = left;
      this.saved = sent.html;
      const typedOn = this.desk.text() !== sent.html;
      this.base = sent.html;
      if (answer.html === undefined) this.version = answer.version;
      else if (!typedOn) this.take(answer);
      // else: the joined text waits; the next save joins what was typed since with it
      if (answer.note) this.desk.notify(answer.note);
      if (this.is_dirty) this.changed();
      else this.done(answer.saved_at);
    },

    409(answer) {
      this.held = "conflict";
      this.keep();
      this.conflict = answer;
      this.show("conflictWaits");
      this.choose();
    },

    422(answer) {
      this.held = "refused";
      this.keep();
      this.show("refused", answer.messages?.join(" "));
    },

    401(answer) {
      this.held = "session";
      this.keep();
      this.show("session", answer.message);
    },

    line() {
      this.held = "line";
      this.keep();
      this.show("offline");
    },

    failed(answer) {
      this.held = "failed";
      this.keep();
      this.show("failed", answer.message ?? answer.messages?.join(" "));
    },
  };

  // The portal's text, which has everything of ours in it, in place of ours.
  take({ html, version, chips }) {
    if (chips) this.desk.chips.learn(chips);
    this.desk.replace(html);
    this.version = version;
    this.base = this.desk.text();
    this.saved = this.base;
  }

  done(time) {
    this.store.forget();
    this.held = "";
    if (time) this.savedAt = time;
    this.show(this.savedAt ? "saved" : "untouched");
  }

  choose() {
    const { conflict } = this;
    new SectionConflict(this.desk, conflict, (html) => {
      if (html === null) return;
      this.desk.replace(html, true);
      this.base = this.desk.schema.write(this.desk.schema.read(conflict.html));
      this.version = conflict.version;
      this.saved = this.base;
      this.held = "";
      if (this.is_dirty) this.save();
      else this.done();
    });
  }

  flush() {
    if (this.held === "line" || this.held === "session" || this.held === "failed") {
      this.held = "";
      this.save();
    }
  }

  // The page is left or hidden: what is not sent yet goes at once.
  leave() {
    this.keep();
    if (!this.is_dirty || this.held === "conflict" || this.held === "refused") return;
    const body = this.body();
    const size = new Blob([JSON.stringify(body)]).size;
    if (document.visibilityState === "hidden" && size < SectionSaver.MOST_KEEPALIVE) {
      if (this.sending) return; // under way already; what is newer is kept on this machine
      this.sending = true;
      const left = this.leftNow();
      Line.post(this.desk.data.addresses.save, body, { keepalive: true }).then((outcome) => {
        this.sending = false;
        (this.answers[outcome.status] ?? this.answers.failed).call(this, outcome.answer, body, left);
      });
    } else this.save();
  }

  // What an earlier window left behind.
  async recover() {
    const { words } = this.desk.data;
    await this.store.start();
    const [draft, ...older] = await this.store.left();
    for (const { key, html } of older) if (html === draft?.html) this.store.forget(key);
    if (!draft) return;
    const use = () => {
      this.desk.replace(draft.html, true);
      for (const key of draft.left ?? []) this.desk.left.add(key);
      this.base = draft.base;
      this.version = draft.version;
      this.saved = draft.base;
      this.keep();
      this.store.forget(draft.key);
      this.save();
    };
    const drop = () => this.store.forget(draft.key);
    if (draft.html === this.desk.text()) drop();
    else if (draft.version === this.version) {
      use();
      this.desk.notify(words.kept.replace("{}", this.store.clock(draft.at)));
    } else {
      this.desk.offer(words.draft.replace("{}", this.store.clock(draft.at)), [
        [words.useDraft, use],
        [words.dropDraft, drop],
      ]);
    }
  }

  async beat({ leaving = false } = {}) {
    const { addresses, words } = this.desk.data;
    const wants = !this.is_dirty && !this.sending && !this.held;
    const body = { window: this.store.window, version: this.version, wants, leaving };
    const { status, answer } = await Line.post(addresses.presence, body, { keepalive: leaving });
    if (status !== 200 || leaving) return;
    const said = answer.people.map((name) => words.people.replace("{}", name));
    if (answer.twice) said.push(words.twice);
    this.desk.showPeople(said);
    const still = !this.is_dirty && !this.sending && !this.held && this.version < answer.version;
    if (answer.html !== undefined && still) {
      this.take(answer);
      this.desk.notify(words.newer.replace("{}", answer.who));
    }
  }

  show(state, said) {
    const { words, addresses } = this.desk.data;
    const text = said || words[state].replace("{}", this.savedAt ?? "");
    this.place.dataset.state = state;
    this.place.querySelector("span").textContent = text;
    const actions = document.getElementById("save-actions");
    actions.replaceChildren();
    const button = (label, run) => {
      const made = document.createElement("button");
      made.type = "button";
      made.className = "btn btn-sm";
      made.textContent = label;
      made.addEventListener("click", run);
      actions.append(made);
    };
    if (state === "session") {
      button(words.signIn, () => window.open(addresses.login, "_blank", "noopener"));
    }
    if (state === "session" || state === "failed") button(words.retry, () => this.flush());
    if (state === "conflictWaits") {
      button(words.choose, () => {
        this.held = "";
        this.save();
      });
    }
  }
}
