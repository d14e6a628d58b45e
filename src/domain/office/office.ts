/** The body that runs one deployment (街道 / 联合党委). Record id `office`. */
export interface Office {
  name: string;
  /** For the resident's page: a telephone that a person answers. */
  phone: string;
  catalogueVersion: number;
}
