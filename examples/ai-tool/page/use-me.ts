import { useClient, useSession } from "@valetkey/browser/react";
import { useCallback, useEffect, useState } from "react";
import { ApiError } from "./refusal/api-error.ts";
import type { Helper } from "./settings.ts";

/** One thing that may be done here, and whether this person may. */
export interface Permission {
  readonly scope: string;
  readonly sentence: string;
  /** The token that the page holds has it. */
  readonly isHeld: boolean;
  /** A role of the person's allows it, so that asking for it helps. */
  readonly isAllowed: boolean;
  /** The roles that do. */
  readonly roles: readonly string[];
}

/** What the API says of whoever calls. */
export interface Me {
  readonly subject: string;
  readonly name?: string;
  readonly roles: readonly string[];
  readonly clientId: string;
  /** Seconds since 1970. */
  readonly expiresAt: number;
  readonly signedInAt?: number;
  readonly may: readonly Permission[];
  readonly helper: Helper;
}

interface Found {
  readonly me?: Me;
  readonly error?: unknown;
}

/** Asks the API who is signed in, after every sign-in anew. */
export function useMe(api: string): Found & { again(): void } {
  const client = useClient();
  const session = useSession();
  const [found, setFound] = useState<Found>({});
  const look = useCallback(async () => {
    try {
      const response = await client.fetch(`${api}/v1/me`);
      if (!response.ok) throw await ApiError.of(response);
      setFound({ me: await response.json() });
    } catch (error) {
      setFound({ error });
    }
  }, [client, api]);
  useEffect(() => {
    if (session.status === "signed-in") void look();
    else setFound({});
  }, [session, look]);
  return { ...found, again: () => void look() };
}

export function permissionOf(me: Me, scope: string): Permission | undefined {
  return me.may.find((permission) => permission.scope === scope);
}
