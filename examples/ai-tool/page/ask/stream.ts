interface Chunk {
  readonly choices?: readonly { readonly delta?: { readonly content?: string } }[];
}

/** The words of a streamed chat completion, as they come: server-sent events, `[DONE]` at the end. */
export async function* wordsOf(response: Response): AsyncGenerator<string> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let rest = "";
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    const lines = (rest + read.value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      const data = line.startsWith("data:") ? line.slice(5).trim() : "";
      if (data === "" || data === "[DONE]") continue;
      const word = (JSON.parse(data) as Chunk).choices?.[0]?.delta?.content;
      if (word) yield word;
    }
  }
}
