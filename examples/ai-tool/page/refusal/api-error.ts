/** An answer of the API that is none of the ones that were hoped for. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }

  static async of(response: Response): Promise<ApiError> {
    const body: { error_description?: unknown } = await response.json().catch(() => ({}));
    const { error_description: said } = body;
    return new ApiError(response.status, typeof said === "string" ? said : "");
  }
}
