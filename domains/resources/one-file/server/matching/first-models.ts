import type { Model } from './model.ts'

/** Fewer records than this teach nothing reliable. */
export const ENOUGH_TO_LEARN = 5000

/**
 * Weights to begin with: of people as learned on four sources of a demonstration city of 300,000 residents
 * (`npm run bench -- match`), of firms set by hand after the mistakes that the sources are known for.
 */
export const FIRST_MODELS: Readonly<Record<'person' | 'firm', Model>> = {
  person: {
    prior: -18.5,
    comparisons: [
      {
        id: 'name',
        m: [0.986, 0.00138, 0.0103, 0.000246, 0.00148, 0.000142],
        u: [0.0000162, 2.5e-7, 0.0000138, 0.00123, 0.0253, 0.973],
      },
      { id: 'number', m: [0.993, 0.00564, 0.00000103, 0.000924], u: [2.59e-7, 2.59e-7, 2.59e-7, 1] },
      { id: 'born', m: [0.996, 0.00219, 0.00106, 0.000422], u: [0.0000383, 0.00102, 0.00161, 0.997] },
      { id: 'sex', m: [1, 5.15e-7], u: [0.5, 0.5] },
      { id: 'phone', m: [0.906, 0.0937], u: [0.00000132, 1] },
      { id: 'address', m: [0.922, 0.00278, 0.075], u: [0.00000982, 0.000944, 0.999] },
      { id: 'kin', m: [0.905, 0.095], u: [0.0000816, 1] },
    ],
  },
  firm: {
    prior: -13,
    comparisons: [
      { id: 'code', m: [0.999, 0.001], u: [0.00001, 1] },
      { id: 'name', m: [0.85, 0.05, 0.05, 0.05], u: [0.000001, 0.000001, 0.000001, 1] },
      { id: 'phone', m: [0.7, 0.3], u: [0.00001, 1] },
      { id: 'address', m: [0.6, 0.4], u: [0.0001, 1] },
    ],
  },
}
