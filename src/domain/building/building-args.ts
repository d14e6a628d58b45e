import * as v from 'valibot';
import { editOf } from '../mutation/edit.ts';
import { idField, textField } from '../mutation/fields.ts';

export const LABEL_MAX = 20;
export const NAME_MAX = 60;

const label = textField(LABEL_MAX);
const roomSchema = v.strictObject({ id: idField, label });
const floorSchema = v.strictObject({ id: idField, label, rooms: v.pipe(v.array(roomSchema), v.maxLength(60)) });
const entranceSchema = v.strictObject({
  id: idField,
  label,
  floors: v.pipe(v.array(floorSchema), v.maxLength(80)),
});

export const buildingCreateArgs = v.strictObject({
  id: idField,
  name: textField(NAME_MAX),
  estateId: idField,
  gridId: idField,
  entrances: v.pipe(v.array(entranceSchema), v.maxLength(40)),
});
/** To another grid of the same community; refused where it no longer stands in `from`. */
export const buildingMoveArgs = v.strictObject({ id: idField, from: idField, to: idField });
export const buildingRenameArgs = v.strictObject({ id: idField, name: editOf(textField(NAME_MAX)) });
export const buildingAddEntranceArgs = v.strictObject({ id: idField, entrance: entranceSchema });
export const buildingAddFloorArgs = v.strictObject({ id: idField, entranceId: idField, floor: floorSchema });
/** A volunteer may do this at the door, offline. */
export const buildingAddRoomArgs = v.strictObject({
  id: idField,
  entranceId: idField,
  floorId: idField,
  room: roomSchema,
});
/** Renames an entrance, a floor or a room. */
export const buildingRelabelArgs = v.strictObject({ id: idField, partId: idField, label: editOf(label) });
/** Takes an entrance, a floor or a room out of the layout. */
export const buildingRemovePartArgs = v.strictObject({ id: idField, partId: idField });
