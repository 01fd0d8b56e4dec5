import type { ReactNode } from "react";

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width="22"
      height="22"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.75"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const Mark = () => (
  <Icon>
    <path d="M10 4.5a2 2 0 0 1 4 0M7 9l5-3.5L17 9zM8 9v8.5M16 9v8.5M6.5 17.5h11M8.5 20.5h7" />
    <path d="M12 11c1.5 1.6 2 2.4 2 3.2a2 2 0 0 1-4 0c0-.8.5-1.6 2-3.2z" fill="currentColor" stroke="none" />
  </Icon>
);
export const AskIcon = () => (
  <Icon>
    <path d="M20 12a8 8 0 0 1-11.6 7.1L4 20l.9-4.4A8 8 0 1 1 20 12z" />
  </Icon>
);
export const TrainingIcon = () => (
  <Icon>
    <path d="M12 4l8 4-8 4-8-4zM4 12l8 4 8-4M4 16l8 4 8-4" />
  </Icon>
);
export const ActivityIcon = () => (
  <Icon>
    <path d="M5 6h14M5 12h14M5 18h9" />
  </Icon>
);
export const MeIcon = () => (
  <Icon>
    <circle cx="12" cy="8.5" r="3.5" />
    <path d="M5 20c.8-3.6 3.6-5.5 7-5.5s6.2 1.9 7 5.5" />
  </Icon>
);
export const KeyIcon = () => (
  <Icon>
    <circle cx="8" cy="14" r="4" />
    <path d="M11 11l8-8M16 6l3 3M14 8l2 2" />
  </Icon>
);
export const SendIcon = () => (
  <Icon>
    <path d="M12 19V5M6 11l6-6 6 6" />
  </Icon>
);
export const StopIcon = () => (
  <Icon>
    <rect x="7" y="7" width="10" height="10" rx="2" fill="currentColor" stroke="none" />
  </Icon>
);
