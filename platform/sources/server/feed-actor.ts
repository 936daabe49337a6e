import { type Actor, system } from '#runtime'

/** Rows of a feed are written in this name, so that each row says where it came from. */
export const feedActor = (feed: string, organisation: string): Actor => ({
  ...system(`sources.${feed}`),
  organisation,
})
