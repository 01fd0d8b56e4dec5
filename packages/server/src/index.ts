export type { Demo, RefreshWindows, Settings } from "./ports/settings.ts";
export { createServer, type Ports, type Server } from "./server.ts";
export { type Opened, openPorts, type PortsPlan } from "./start.ts";
