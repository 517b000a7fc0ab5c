// Percent of plan and change on last year while a number is being typed: the arithmetic
// of the portal's comparisons, in whole numbers so that nothing is rounded twice.
// It is a preview; what the server answers counts.
"use strict";

const EntryPreview = (() => {
  const DECIMALS = 6;
  const DIGITS = 18; // before the point: the portal takes no more
  const ONE = 10n ** BigInt(DECIMALS);
  const WRITING = { vi: { group: ".", point: "," }, en: { group: ",", point: "." } };

  const absolute = (number) => (number < 0n ? -number : number);

  // The quotient as a whole number, halves away from zero.
  function divided(top, bottom) {
    const rounded = (2n * absolute(top) + absolute(bottom)) / (2n * absolute(bottom));
    return top < 0n === bottom < 0n ? rounded : -rounded;
  }

  // The number in millionths, or null for what is no number in this language.
  function parse(text, language) {
    const { group, point } = WRITING[language];
    const pattern = new RegExp(
      `^([-+\u2212]?)([0-9]+|[1-9][0-9]{0,2}(?:\\${group}[0-9]{3})+)(?:\\${point}([0-9]{1,6}))?$`,
    );
    const found = pattern.exec(text.trim());
    if (!found) return null;
    const digits = found[2].replaceAll(group, "");
    if (digits.length > DIGITS) return null;
    const whole = BigInt(digits) * ONE;
    const size = whole + BigInt((found[3] ?? "").padEnd(DECIMALS, "0"));
    return found[1] && found[1] !== "+" ? -size : size;
  }

  function fromPlain(text) {
    return text === undefined || text === null || text === "" ? null : parse(text, "en");
  }

  // A number of 1/10^decimals parts in the language's writing, trailing zeros dropped.
  function format(number, decimals, language) {
    const { group, point } = WRITING[language];
    const digits = absolute(number).toString().padStart(decimals + 1, "0");
    const cut = digits.length - decimals;
    const whole = digits.slice(0, cut).replace(/\B(?=([0-9]{3})+$)/g, group);
    const fraction = digits.slice(cut).replace(/0+$/, "");
    return (number < 0n ? "-" : "") + whole + (fraction ? point + fraction : "");
  }

  function planRatio(actual, plan, language) {
    if (actual === null || plan === null || plan <= 0n) return "";
    return `${format(divided(actual * 1000n, plan), 1, language)}%`;
  }

  const MEASURES = {
    percent: (actual, base) =>
      base === 0n ? null : [divided((actual - base) * 1000n, absolute(base)), 1],
    points: (actual, base) => [divided(actual - base, 10n ** 4n), 2],
    units: (actual, base) => [actual - base, DECIMALS],
    places: (actual, base) => [base - actual, DECIMALS],
  };

  function tone(moved, rule) {
    if (moved === 0n || rule.better === "neutral") return "neutral";
    const rose = moved > 0n !== (rule.how === "places");
    return rose === (rule.better === "higher") ? "good" : "bad";
  }

  // How the actual moved from last year in words, with its tone; "" without a base.
  function change(actual, rule, words, language) {
    const base = fromPlain(rule.base);
    const measured = actual === null || base === null ? null : MEASURES[rule.how](actual, base);
    if (!measured) return { text: "", tone: "neutral" };
    const [moved, decimals] = measured;
    const said = (pattern, amount) => words.directions[pattern].replace("{}", amount);
    if (moved === 0n) return { text: said("same", ""), tone: "neutral" };
    if (rule.how === "percent" && base > 0n && actual >= 2n * base) {
      const times = format(divided(actual * 10n, base), 1, language);
      return { text: said("times", times), tone: tone(moved, rule) };
    }
    const amount = words.amounts[rule.how].replace("{}", format(absolute(moved), decimals, language));
    return { text: said(moved > 0n ? "up" : "down", amount), tone: tone(moved, rule) };
  }

  return { DECIMALS, parse, fromPlain, format, planRatio, change };
})();
