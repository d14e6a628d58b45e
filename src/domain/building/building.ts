/** 幢: holds its own layout, which may be irregular; rooms are derived from it. */
export interface Building {
  name: string;
  estateId: string;
  gridId: string;
  /** Grids that it belonged to before: what is late from there is led to the present one. */
  formerGrids?: readonly string[];
  entrances: Entrance[];
}

/** 单元 */
export interface Entrance {
  id: string;
  /** 1单元 */
  label: string;
  floors: Floor[];
}

/** 层, from the ground up */
export interface Floor {
  id: string;
  /** 3 or 3层 as the people there say */
  label: string;
  rooms: Room[];
}

/** 室 */
export interface Room {
  id: string;
  /** 302 */
  label: string;
}
