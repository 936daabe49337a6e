import type { Feature } from 'geojson'
import { type App, service } from '#runtime'

export type { Layer } from './layer.ts'

/** Makes a layer's features now; `id` and the declared properties filled. */
export type Features = (app: App) => Promise<readonly Feature[]>

export interface Maps {
  /** Registers what layers name as `hook`. */
  hooks(hooks: Readonly<Record<string, Features>>): void
  /** Division that holds a WGS 84 point, as deep as boundaries are known: county now, town once drawn; undefined outside. */
  divisionAt(lng: number, lat: number): string | undefined
}
export const maps = service<Maps>('map')
