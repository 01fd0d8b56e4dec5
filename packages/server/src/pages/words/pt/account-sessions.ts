import type { Words } from "../words.ts";

export const places: Words["places"] = {
  thisComputer: "Este computador",
  privateNetwork: "Uma rede privada",
  unknown: "Um lugar desconhecido",
  city: "{city}, {country}",
};

export const sessions: Words["sessions"] = {
  title: "Onde você entrou",
  lead: "Navegadores que estão na sua conta. Encerre os que você não conhece e depois mude a sua senha.",
  current: "Este navegador",
  place: "{place}. Entrou {since}; usado {used}.",
  end: "Sair",
  endOthers: "Sair em todos os outros lugares",
  unnamed: "Um navegador que não disse o que é",
  ended: "Esse navegador foi desconectado.",
  othersEnded: "Todos os outros navegadores foram desconectados.",
};
