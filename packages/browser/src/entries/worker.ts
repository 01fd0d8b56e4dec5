import "../worker.ts";
