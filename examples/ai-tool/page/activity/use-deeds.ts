import { useClient } from "@valetkey/browser/react";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "../refusal/api-error.ts";
import type { Deed } from "./deed.ts";

/** The API's record, asked for as the view opens and when somebody wants it anew. */
export function useDeeds(api: string) {
  const client = useClient();
  const [deeds, setDeeds] = useState<readonly Deed[]>();
  const [error, setError] = useState<unknown>();
  const [isLooking, setIsLooking] = useState(false);
  const look = useCallback(async () => {
    setIsLooking(true);
    setError(undefined);
    try {
      const response = await client.fetch(`${api}/v1/activity`);
      if (!response.ok) throw await ApiError.of(response);
      setDeeds((await response.json()).deeds);
    } catch (thrown) {
      setError(thrown);
    } finally {
      setIsLooking(false);
    }
  }, [client, api]);
  useEffect(() => void look(), [look]);
  return { deeds, error, isLooking, look: () => void look() };
}
