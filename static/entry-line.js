// The line to the portal: how one cell is sent, and what each answer does to it.
"use strict";

const EntryLine = (() => {
  async function post(body) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token,
    };
    try {
      const response = await fetch(entryScreen.table.dataset.save, {
        method: "POST",
        headers,
        body: JSON.stringify(body),
      });
      const type = response.headers.get("Content-Type") ?? "";
      if (!type.startsWith("application/json")) {
        return { status: response.redirected ? 401 : "other", answer: {} };
      }
      return { status: response.status, answer: await response.json() };
    } catch {
      return { status: "line", answer: {} };
    }
  }

  function refuse(cell, message, buttons) {
    cell.wrong = true;
    cell.show("error");
    cell.row.openMessage(cell, message, buttons);
  }

  const ANSWERS = {
    200(cell, sent, answer) {
      cell.take(answer);
      cell.row.showOutcome(answer);
      if (!cell.patch) cell.show("saved");
      entryScreen.status.savedAt(answer.saved_at);
      entryScreen.details.refresh(cell);
      entryScreen.tell("cell:answered", { cell, answer });
    },

    409(cell, sent, answer) {
      const { words } = entryScreen;
      const retype = "text" in sent ? sent.text : null;
      const theirs = () => {
        cell.forget();
        cell.take(answer.current);
        cell.row.preview();
        entryScreen.details.refresh(cell);
      };
      const mine = () => {
        cell.saved = answer.current;
        cell.keep(sent);
      };
      refuse(cell, answer.message, [
        [retype === null ? words.keep : answer.current.text || words.empty, theirs],
        [retype === null ? words.mine : retype || words.empty, mine],
      ]);
      entryScreen.tell("cell:conflict", { cell, answer });
    },

    422(cell, sent, answer) {
      const { words, say } = entryScreen;
      const buttons = [];
      if (answer.suggestion) {
        const { field } = answer;
        const write = () => {
          if (field === "text" && cell.input) cell.input.value = answer.suggestion;
          cell.keep({ ...sent, [field]: answer.suggestion });
        };
        buttons.push([say(words.yes, answer.suggestion), write]);
        buttons.push([words.fix, () => cell.input?.select()]);
      }
      const { text, ...rest } = sent; // what hangs on the number goes along with the corrected one
      cell.draft = { ...rest, ...cell.draft };
      refuse(cell, answer.message, buttons);
    },

    401(cell, sent, answer) {
      const { words, status, table } = entryScreen;
      cell.hold(sent, "session");
      const signIn = () => window.open(table.dataset.login, "_blank", "noopener");
      cell.row.openMessage(cell, answer.message ?? words.failed, [
        [words.signIn, signIn, true],
        [words.retry, status.flush],
      ]);
    },

    line(cell, sent) {
      cell.hold(sent, "line");
    },

    other(cell, sent, answer) {
      const { words, status } = entryScreen;
      cell.hold(sent, "session");
      cell.row.openMessage(cell, answer.message ?? words.failed, [[words.retry, status.flush]]);
    },
  };

  function answered(cell, sent, { status, answer }) {
    (ANSWERS[status] ?? ANSWERS.other)(cell, sent, answer);
  }

  return { post, answered };
})();
