import type { Feature } from 'geojson'
import { type App, service } from '#runtime'

export type { Layer, Level } from './layer.ts'

/** Makes a layer's features now, in WGS 84; the property `id` and the declared properties filled. */
export type Features = (app: App) => Promise<readonly Feature[]>

export interface Maps {
  /** Registers what layers name as `hook`; called while the module's server part is made. */
  hooks(hooks: Readonly<Record<string, Features>>): void
  /**
   * Code of the division that holds a WGS 84 point, as deep as boundaries are known: county now, town once drawn;
   * undefined outside the city. Memory only, microseconds; known once the program has started.
   */
  divisionAt(lng: number, lat: number): string | undefined
}
export const maps = service<Maps>('map')
