import { type Deed, kindOf, whoOf } from "./deed.ts";

const outcomes = {
  begun: "Begun",
  done: "Done",
  refused: "Refused",
  "broken off": "Broken off",
  failed: "Failed",
} as const;
const badges = {
  begun: "badge",
  done: "badge good",
  refused: "badge no",
  "broken off": "badge",
  failed: "badge",
} as const;

/** A table that becomes cards where there is no room for one. */
export function Deeds({ deeds }: { readonly deeds: readonly Deed[] }) {
  if (deeds.length === 0) return <p className="empty">Nothing of this kind was done yet.</p>;
  return (
    <table className="deeds">
      <thead>
        <tr>
          <th scope="col">When</th>
          <th scope="col">Who</th>
          <th scope="col">What</th>
          <th scope="col">Outcome</th>
        </tr>
      </thead>
      <tbody>
        {deeds.map((deed) => (
          <tr key={deed.number} data-kind={kindOf(deed)}>
            <td className="when">{clock(deed.at)}</td>
            <td className="who-did">{whoOf(deed)}</td>
            <td className="what">
              {deed.did}
              {deed.detail && <span>{deed.detail}</span>}
            </td>
            <td className="outcome">
              <span className={badges[deed.outcome]}>{outcomes[deed.outcome]}</span>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function clock(at: number): string {
  return new Date(at * 1000).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
  });
}
