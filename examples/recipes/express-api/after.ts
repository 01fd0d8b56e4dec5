import { createGuard } from "@valetkey/resource";
import { protect } from "@valetkey/resource/express";
import express from "express";

const app = express();
const guard = createGuard({ issuer: process.env.ISSUER ?? "", resource: process.env.RESOURCE ?? "" });
app.use(protect(guard, ["orders:read"]));
app.post("/orders", protect(guard, ["orders:write"]));
app.use(express.json());

const orders = [{ id: 1, item: "A watering can" }];
app.get("/orders", (_request, response) => response.json(orders));
app.post("/orders", (request, response) => {
  orders.push({ id: orders.length + 1, item: String(request.body.item) });
  response.status(201).json(orders.at(-1));
});

const port = Number(process.env.PORT ?? 3000);
app.listen(port, "127.0.0.1", () => console.log(`Orders at http://127.0.0.1:${port}`));
