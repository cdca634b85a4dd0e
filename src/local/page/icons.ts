/** The page's own icons: drawn, so that they look the same whatever fonts a machine has. All are hidden from readers. */
import { svg, type TemplateResult } from "lit";

const stroke = (path: string): TemplateResult =>
  svg`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><path d=${path}></path></svg>`;

export const hashIcon = stroke("M9 4 7 20M17 4l-2 16M4.500 9h16M3.500 15h16");
export const menuIcon = stroke("M4 6h16M4 12h16M4 18h16");
export const closeIcon = stroke("M6 6l12 12M18 6 6 18");
export const replyIcon = stroke("M10 6 4 12l6 6M4 12h9a7 7 0 0 1 7 7");
export const moreIcon = stroke("M5 12h.01M12 12h.01M19 12h.01");
export const chevronIcon = stroke("m6 9 6 6 6-6");
export const outwardIcon = stroke("M14 4h6v6M20 4l-9 9M18 14v5a1 1 0 0 1-1 1H5a1 1 0 0 1-1-1V7a1 1 0 0 1 1-1h5");
export const eyeIcon = stroke("M2 12s4-7 10-7 10 7 10 7-4 7-10 7S2 12 2 12zM12 9a3 3 0 1 0 0 6 3 3 0 0 0 0-6z");
export const sunIcon = stroke(
  "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M4.900 4.900l1.400 1.400M17.700 17.700l1.400 1.400M4.900 19.100l1.400-1.400M17.700 6.300l1.400-1.400",
);
export const moonIcon = stroke("M20 14.500A8 8 0 0 1 9.500 4a8 8 0 1 0 10.500 10.500z");
export const sendIcon = stroke("M4 12 20 4l-5 16-4-6zM11 14l4-5");
export const fileIcon = stroke(
  "M13 3H6a1 1 0 0 0-1 1v16a1 1 0 0 0 1 1h12a1 1 0 0 0 1-1V9zM13 3v6h6M12 12v6M9 15l3 3 3-3",
);
export const warningIcon = stroke("M12 4 2.500 20h19zM12 10v4M12 17h.01");
