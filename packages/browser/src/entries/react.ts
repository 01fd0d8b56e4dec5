import {
  createContext,
  createElement,
  type ReactNode,
  useContext,
  useEffect,
  useSyncExternalStore,
} from "react";
import type { Client } from "../client.ts";
import type { Session } from "../session.ts";

const Clients = createContext<Client | undefined>(undefined);

/** Starts the client and hands it to the hooks below. Make the client once, outside of any component. */
export function SignInProvider({
  client,
  children,
}: {
  readonly client: Client;
  readonly children?: ReactNode;
}) {
  useEffect(() => {
    void client.start(); // it answers the same however often it is asked: strict mode asks twice
  }, [client]);
  return createElement(Clients.Provider, { value: client }, children);
}

/** @throws Error outside of a `SignInProvider` */
export function useClient(): Client {
  const client = useContext(Clients);
  if (!client) throw new Error("useClient needs a SignInProvider above it.");
  return client;
}

const starting: Session = { status: "starting" };

/** Who is signed in, now and after every change, in whichever tab it happened. A server renders "starting". */
export function useSession(): Session {
  const client = useClient();
  return useSyncExternalStore(client.subscribe, client.session, () => starting);
}
