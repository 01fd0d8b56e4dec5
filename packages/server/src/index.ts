export { ConfigError, type ConfigFault } from "./config/fault.ts";
export { type ConfigSource, type LoadedConfig, loadConfig } from "./config/load.ts";
export { planOf } from "./config/plan.ts";
export type { Demo, RefreshWindows, Settings } from "./ports/settings.ts";
export { createServer, type Ports, type Server } from "./server.ts";
export { type Opened, openPorts, type PortsPlan } from "./start.ts";
