// The line to the portal: how one cell is sent, and what each answer does to it.
"use strict";

const EntryLine = (() => {
  const MAY_OUTLIVE = 10_000; // characters that are still sent when the page is closed meanwhile

  async function post(body, address = entryScreen.table.dataset.save) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const text = JSON.stringify({ ...body, person: entryScreen.data.person });
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: {
          "Content-Type": "application/json",
          Accept: "application/json",
          "X-CSRFToken": token,
        },
        body: text,
        keepalive: text.length < MAY_OUTLIVE,
      });
      if (response.status >= 500) return { status: "server", answer: {} };
      const type = response.headers.get("Content-Type") ?? "";
      if (!type.startsWith("application/json")) {
        return { status: response.redirected ? 401 : "server", answer: {} };
      }
      const status = response.status === 403 && !token ? 401 : response.status;
      return { status, answer: await response.json() };
    } catch {
      return { status: "line", answer: {} };
    }
  }

  // Whether what was sent is what the portal holds already.
  function isThere(sent, current) {
    const number = (text) => EntryPreview.parse(text ?? "", entryScreen.language);
    return Object.entries(sent).every(([field, value]) => {
      const held = String(current[field] ?? "");
      const one = number(String(value));
      return held === String(value) || (field === "text" && one !== null && one === number(held));
    });
  }

  const ANSWERS = {
    200(cell, sent, answer) {
      const { details, history, status, tell } = entryScreen;
      history.saved(cell, cell.saved, answer);
      cell.take(answer);
      cell.row.showOutcome(answer);
      if (!cell.patch) cell.show("saved");
      status.saved(answer.saved_at);
      details.refresh(cell);
      tell("cell:answered", { cell, answer });
    },

    409(cell, sent, answer) {
      const { words, tell } = entryScreen;
      if (isThere(sent, answer.current)) {
        cell.settle(answer.current);
        return;
      }
      const { current } = answer;
      const mine = () => {
        cell.saved = current;
        cell.base = current.version;
        cell.push(sent);
      };
      cell.refuse(sent);
      cell.theirs = current;
      const [other, own] =
        "text" in sent
          ? [current.text || words.empty, sent.text || words.empty]
          : [words.keep, words.mine];
      cell.row.openMessage(cell, answer.message, [
        [other, () => cell.settle(current)],
        [own, mine],
      ]);
      tell("cell:conflict", { cell, answer });
    },

    422(cell, sent, answer) {
      const { words, say } = entryScreen;
      const { suggestion, field } = answer;
      const buttons = [];
      if (suggestion) {
        const write = () => {
          if (field === "text" && cell.input) cell.input.value = suggestion;
          cell.push({ ...sent, [field]: suggestion });
        };
        buttons.push([say(words.yes, suggestion), write]);
        buttons.push([words.fix, () => correct(cell, field)]);
      }
      cell.refuse(sent);
      cell.row.preview();
      cell.row.openMessage(cell, answer.message, buttons);
    },

    401(cell, sent, answer) {
      cell.hold(sent, "session");
      entryScreen.status.sessionEnded(answer.message);
    },

    line(cell, sent) {
      cell.hold(sent, "line");
    },

    server(cell, sent) {
      cell.hold(sent, "server");
    },

    other(cell, sent, answer) {
      const { words } = entryScreen;
      cell.hold(sent, "asked");
      const again = () => cell.patch && !cell.sent && cell.send();
      cell.row.openMessage(cell, answer.message ?? words.failed, [[words.retry, again]]);
    },
  };

  // To the field that was questioned: the cell itself, or a part of its number.
  function correct(cell, field) {
    if (field === "text") return cell.input?.select();
    const { table, details } = entryScreen;
    const place = `[data-of="${cell.side}"] [data-field="${field}"]`;
    if (!table.querySelector(place)) details.open(cell.row, cell.side, field);
    const control = table.querySelector(place);
    control?.focus();
    control?.select?.();
  }

  function answered(cell, sent, { status, answer }) {
    if (typeof status === "number" && status !== 401) entryScreen.status.lineIsBack();
    (ANSWERS[status] ?? ANSWERS.other)(cell, sent, answer);
  }

  return { post, answered };
})();
