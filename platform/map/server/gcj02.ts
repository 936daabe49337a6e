/** A point as [longitude, latitude] in degrees. */
export type Point = [number, number]

/** Krasovsky 1940 ellipsoid, on which the published GCJ-02 offset is defined: semi-major axis in metres, eccentricity squared. */
const AXIS = 6378245
const ECCENTRICITY = 0.006693421622965943
const CLOSE_ENOUGH = 1e-9

/** Shifts a WGS 84 point to GCJ-02, the obfuscated system of Chinese web maps. Meant for points in mainland China. */
export function toGcj02([lng, lat]: Point): Point {
  const x = lng - 105
  const y = lat - 35
  const phi = (lat * Math.PI) / 180
  const magic = 1 - ECCENTRICITY * Math.sin(phi) ** 2
  const metreLat = (AXIS * (1 - ECCENTRICITY)) / magic ** 1.5
  const metreLng = (AXIS / Math.sqrt(magic)) * Math.cos(phi)
  return [lng + (offsetLng(x, y) * 180) / (metreLng * Math.PI), lat + (offsetLat(x, y) * 180) / (metreLat * Math.PI)]
}

/** The inverse: there is no closed form, so the point is moved until its shift meets the given one within 1e-9 degrees. */
export function fromGcj02([lng, lat]: Point): Point {
  const guess: Point = [lng, lat]
  for (let step = 0; step < 30; step++) {
    const [shiftedLng, shiftedLat] = toGcj02(guess)
    guess[0] -= shiftedLng - lng
    guess[1] -= shiftedLat - lat
    if (Math.max(Math.abs(shiftedLng - lng), Math.abs(shiftedLat - lat)) < CLOSE_ENOUGH) break
  }
  return guess
}

function wave(value: number, ...terms: [amplitude: number, divisor: number][]): number {
  return (
    terms.reduce((sum, [amplitude, divisor]) => sum + amplitude * Math.sin((value / divisor) * Math.PI), 0) * (2 / 3)
  )
}

function offsetLat(x: number, y: number): number {
  const base = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * Math.sqrt(Math.abs(x))
  return base + wave(x, [20, 1 / 6], [20, 1 / 2]) + wave(y, [20, 1], [40, 3], [160, 12], [320, 30])
}

function offsetLng(x: number, y: number): number {
  const base = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * Math.sqrt(Math.abs(x))
  return base + wave(x, [20, 1 / 6], [20, 1 / 2], [20, 1], [40, 3], [150, 12], [300, 30])
}
