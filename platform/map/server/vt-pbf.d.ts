declare module 'vt-pbf' {
  import type { LegacyFeature } from 'geojson-vt'

  interface VtPbf {
    fromGeojsonVt(
      layers: Readonly<Record<string, { readonly features: readonly LegacyFeature[] }>>,
      options: { readonly version: number; readonly extent: number },
    ): Uint8Array
  }
  const vtpbf: VtPbf
  // biome-ignore lint/style/noDefaultExport: the package is CommonJS
  export default vtpbf
}
