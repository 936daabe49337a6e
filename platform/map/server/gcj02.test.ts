import fc from 'fast-check'
import { expect, test } from 'vitest'
import { fromGcj02, toGcj02 } from './gcj02.ts'

test('the shift agrees with the published example of the coordtransform library', () => {
  const [lng, lat] = toGcj02([116.404, 39.915])
  expect(lng).toBeCloseTo(116.41024449916938, 9)
  expect(lat).toBeCloseTo(39.91640428150164, 9)
})

test('the inverse returns to the same point within 1e-7 degrees anywhere in mainland China', () => {
  const span = { noNaN: true, noDefaultInfinity: true }
  fc.assert(
    fc.property(fc.double({ min: 74, max: 134, ...span }), fc.double({ min: 18, max: 53, ...span }), (lng, lat) => {
      const back = fromGcj02(toGcj02([lng, lat]))
      expect(Math.abs(back[0] - lng)).toBeLessThan(1e-7)
      expect(Math.abs(back[1] - lat)).toBeLessThan(1e-7)
    }),
  )
})
