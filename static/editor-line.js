// The line between a section's editor and the portal: JSON there and back, never an exception.
"use strict";

const Line = {
  async get(address, signal) {
    return Line.ask(address, { headers: { Accept: "application/json" }, signal });
  },

  async post(address, body, { keepalive = false, signal } = {}) {
    const token = document.cookie.match(/(?:^|; )csrftoken=([^;]*)/)?.[1] ?? "";
    const headers = {
      "Content-Type": "application/json",
      Accept: "application/json",
      "X-CSRFToken": token,
    };
    const init = { method: "POST", headers, body: JSON.stringify(body), keepalive, signal };
    return Line.ask(address, init);
  },

  // status: that of the answer, 401 when it is the sign-in page, "line" when there is none.
  async ask(address, init) {
    try {
      const response = await fetch(address, init);
      const type = response.headers.get("Content-Type") ?? "";
      if (!type.startsWith("application/json")) {
        return { status: response.redirected ? 401 : response.status, answer: {} };
      }
      return { status: response.status, answer: await response.json() };
    } catch (error) {
      return { status: error.name === "AbortError" ? "dropped" : "line", answer: {} };
    }
  },
};
