import type { ClassSource } from './catalogue-source.ts';
import { care } from './v1/care.ts';
import { green } from './v1/green.ts';
import { health } from './v1/health.ts';
import { livelihood } from './v1/livelihood.ts';
import { management } from './v1/management.ts';
import { neighbours } from './v1/neighbours.ts';
import { noise } from './v1/noise.ts';
import { parking } from './v1/parking.ts';
import { power } from './v1/power.ts';
import { property } from './v1/property.ts';
import { repairs } from './v1/repairs.ts';
import { residence } from './v1/residence.ts';
import { safety } from './v1/safety.ts';
import { stairwell } from './v1/stairwell.ts';
import { water } from './v1/water.ts';

/**
 * Version 1 as it was published: never edited afterwards but for a saying or a word, since tickets
 * keep the item and version under which they were logged. A changed list is a version of its own.
 */
export const catalogueV1: { version: number; classes: ClassSource[] } = {
  version: 1,
  classes: [
    property,
    residence,
    management,
    stairwell,
    parking,
    safety,
    noise,
    repairs,
    water,
    power,
    green,
    care,
    health,
    livelihood,
    neighbours,
  ],
};
