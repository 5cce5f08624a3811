// A button that copies the page's address, which holds all that has been set.

import { htmlElement, setText } from "./axes.js";

const LABEL = "Copy link";
const SHOWN = 2000; // ms

/** Copy a text, also where the page has no secure connection. */
async function copyText(text, place) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const field = htmlElement("textarea", { value: text, className: "unseen" }, place);
  field.select();
  const copied = document.execCommand("copy");
  field.remove();
  if (!copied) throw new Error("The browser does not let pages copy.");
}

export default function ({ parentElement }) {
  const button = parentElement.querySelector("button") ?? htmlElement("button", {}, parentElement);
  Object.assign(button, { type: "button", textContent: LABEL, ariaLive: "polite" });
  let timer = 0;
  const tell = (text) => {
    setText(button, text);
    clearTimeout(timer);
    timer = setTimeout(() => setText(button, LABEL), SHOWN);
  };
  button.onclick = () =>
    copyText(location.href, parentElement).then(
      () => tell("Copied"),
      () => tell("Copy it from the address bar"),
    );
  return () => clearTimeout(timer);
}
