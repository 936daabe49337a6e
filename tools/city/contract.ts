export { type Manifest, makeCity } from './make-city.ts'
