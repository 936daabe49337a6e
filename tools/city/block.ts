import { AS_OF, ageOn } from './dates.ts'
import type { Firm } from './firm.ts'
import { makeHousehold } from './household.ts'
import { employ, makeFirms } from './make-firms.ts'
import { NumberOffice } from './numbers.ts'
import { type Household, isHere, type Person } from './person.ts'
import type { BlockPlan, CityPlan } from './plan.ts'
import { cumulate, Random } from './random.ts'

/** Everybody and everything of a few neighbouring villages. */
export interface Block {
  readonly plan: BlockPlan
  readonly seed: number
  readonly households: readonly Household[]
  /** Residents, and those who died or left in the last three years. */
  readonly people: readonly Person[]
  readonly firms: readonly Firm[]
}

/** Makes one block. Depends on the plan's options and the index only, so blocks can be made in any order and by several workers. */
export function makeBlock(city: CityPlan, index: number): Block {
  const plan = city.blocks[index]
  if (!plan) throw new RangeError(`this city has ${city.blocks.length} blocks`)
  const random = new Random(city.seed, 2, index)
  const makers = {
    random,
    seed: city.seed,
    office: new NumberOffice(index, city.blocks.length),
    block: index,
    villages: plan.villages,
    nextPerson: 0,
    nextHousehold: 0,
    nextVehicle: 0,
  }
  const wanted = plan.villages.reduce((sum, village) => sum + village.residents, 0)
  const places = cumulate(plan.villages.map((village) => village.residents))
  const households: Household[] = []
  for (let living = 0; living < wanted; ) {
    const village = plan.villages[random.weighted(places)]
    if (!village) break
    const household = makeHousehold(makers, village, wanted - living)
    living += household.members.filter(isHere).length
    households.push(household)
  }
  const people = households.flatMap(({ members }) => members)
  const adults = people.filter((one) => isHere(one) && ageOn(one.birth, AS_OF) >= 19 && ageOn(one.birth, AS_OF) < 72)
  const firms = makeFirms(random, plan, adults)
  employ(random, firms, people)
  return { plan, seed: city.seed, households, people, firms }
}
