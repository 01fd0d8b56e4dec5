/** In milliseconds: what a timer can hold. */
const longest = 2 ** 31 - 1;

/**
 * A stream that stands while its client listens ends with the token that opened it: no later request would judge that
 * again. The client opens the next one with a fresh token.
 * @param milliseconds until the token expires
 */
export function endingAfter(milliseconds: number, response: Response): Response {
  if (response.body === null) return response;
  const reader = response.body.getReader();
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  const over = () => {
    clearTimeout(timer);
    isOver = true;
  };
  const body = new ReadableStream<Uint8Array>({
    start(controller) {
      timer = setTimeout(
        () => {
          over();
          controller.close();
          reader.cancel().catch(() => {});
        },
        Math.min(Math.max(milliseconds, 0), longest),
      ).unref();
    },
    async pull(controller) {
      const { done, value } = await reader.read();
      if (isOver) return;
      if (!done) return controller.enqueue(value);
      over();
      controller.close();
    },
    cancel(reason) {
      over();
      return reader.cancel(reason);
    },
  });
  return new Response(body, response);
}
