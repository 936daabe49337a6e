import { accidentLaw } from './laws/accident.ts'
import { companyLaw } from './laws/company.ts'
import { criminalLaw } from './laws/criminal.ts'
import { cyberLaw } from './laws/cyber.ts'
import { disclosureLaw } from './laws/disclosure.ts'
import { inspectionLaw } from './laws/inspection.ts'
import { licensingLaw } from './laws/licensing.ts'
import { mediationLaw } from './laws/mediation.ts'
import { penaltyLaw } from './laws/penalty.ts'
import { petitionLaw } from './laws/petition.ts'

/** Laws whose terms clocks take over; other modules add theirs as rules made by `law`. */
export const laws = [
  licensingLaw,
  penaltyLaw,
  disclosureLaw,
  petitionLaw,
  inspectionLaw,
  mediationLaw,
  accidentLaw,
  cyberLaw,
  companyLaw,
  criminalLaw,
]
