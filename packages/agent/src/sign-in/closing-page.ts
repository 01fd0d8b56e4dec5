/** What the browser shows at the end: one heading, one sentence, no script and nothing from elsewhere. */
export function closingPage(heading: string, sentence: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${heading}</title>
<style>
:root { color-scheme: light dark; font: 1.05rem/1.5 system-ui, sans-serif; }
body { min-height: 90vh; margin: 0 1.5rem; display: grid; place-content: center; text-align: center; }
h1 { font-size: 1.4rem; margin: 0 0 .4rem; }
p { margin: 0; opacity: .75; }
</style>
<h1>${heading}</h1>
<p>${sentence}</p>
</html>
`;
}
