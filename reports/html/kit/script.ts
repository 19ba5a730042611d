/** The page's only script: copy buttons, and opening what a link points at. Everything else works without it. */
export const script: string = `
for (const button of document.querySelectorAll('[data-copy]')) {
  button.hidden = false;
  const label = button.textContent;
  button.addEventListener('click', async () => {
    const code = button.parentElement.querySelector('pre');
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      const range = document.createRange();
      range.selectNodeContents(code);
      getSelection().removeAllRanges();
      getSelection().addRange(range);
      if (!document.execCommand('copy')) return void (button.textContent = 'Selected: press Ctrl+C');
    }
    button.textContent = 'Copied';
    setTimeout(() => (button.textContent = label), 1500);
  });
}
function reveal() {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  for (let at = target; at; at = at.parentElement) if (at.localName === 'details') at.open = true;
  if (target) target.scrollIntoView();
}
addEventListener('hashchange', reveal);
reveal();
`;
