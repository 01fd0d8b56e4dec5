/** The words of a streamed chat completion, as they come: server-sent events, `[DONE]` at the end. */
export async function* wordsOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (!reader) return;
  let rest = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const lines = (rest + value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (!line.startsWith("data:")) continue;
        const data = line.slice(5).trim();
        if (data === "[DONE]") continue;
        const { choices }: { choices?: { delta?: { content?: string } }[] } = JSON.parse(data);
        const word = choices?.[0]?.delta?.content;
        if (word) yield word;
      }
    }
  } finally {
    reader.cancel().catch(() => undefined);
  }
}
