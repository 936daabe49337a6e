import type { TObject } from 'typebox'
import type { Words } from '#runtime'

/**
 * A matter that someone must close [闭环], as data: code and administrators define it alike. Hooks are named, not
 * embedded. Running instances keep the version they began with.
 */
export interface LoopDefinition {
  /** `<module>.<noun>`, e.g. `air.exceedance`. */
  readonly id: string
  /** Grows with every change; the loader refuses a changed definition under an old number. */
  readonly version: number
  readonly title: Words
  readonly about?: Words
  /**
   * What the matter carries, made with `field`; JSON Schema, so that it can be stored. A field of an action's form with
   * the name of a data field updates it.
   */
  readonly data: TObject
  /** Template of an instance's title over its data: `{station}：{level}`; personal fields appear masked. */
  readonly headline: Words
  /** Page of the module that shows what the matter is about; `{id}` stands for the matter, `{dataset}` for a field of the data. */
  readonly page?: { readonly title: Words; readonly path: string }
  readonly places: Readonly<Record<string, Place>>
  /** Where an instance begins; a hook may choose among several. */
  readonly start: string | Fork
  readonly actions: Readonly<Record<string, Action>>
  /** The clock over the whole matter, if the law sets one. */
  readonly clock?: ClockRule
  /** Who may read an instance besides those who act in it. */
  readonly readers?: readonly Assignee[]
  /**
   * Nobody sees an instance, not even that it is there, but those who have or had a hand in it, the readers named above, and
   * whoever holds this right: no oversight by area, no lists, counts or mining for others.
   */
  readonly confidential?: { readonly right: string }
  /** Which field of the data says where it happened: rights by area and the map use it. */
  readonly division?: string
  /** Asked of the one served when the matter has ended. */
  readonly evaluation?: TObject
  /** The one served, who evaluates; the opener unless said. */
  readonly served?: Assignee
  /** Who may open one by hand; absent: only services do. */
  readonly opens?: { readonly right: string }
  /** Within what time an ended matter may be taken up again, and where; by right `loops.reopen`. Absent: never. */
  readonly reopen?: { readonly within: string; readonly to: string }
  /** Generic actions that this matter does not have, e.g. `['loops.transfer']`. */
  readonly without?: readonly string[]
  /** Whoever has it may take parts out of it as matters of the same kind [拆分]. Absent: nobody may. */
  readonly divisible?: true
  /** Lets the holder say "not mine" [退回异议]. Absent: he cannot. */
  readonly refusal?: RefusalRule
}

/** Who rules on "not mine", once a matter, and for which kind of matter the ruling is remembered. */
export interface RefusalRule {
  readonly to: Assignee | readonly Assignee[]
  /**
   * Fields of the data whose values name the subject, e.g. category and town. The next matter of the same subject goes
   * from this place straight to the post that the ruling named.
   */
  readonly subject: readonly string[]
}

/** A place in the diagram; an instance is in exactly one. */
export interface Place {
  readonly title: Words
  /** `open`: someone must act; `waiting`: nobody here can (outside answer, live indicator); `end`: closed. */
  readonly kind: 'open' | 'waiting' | 'end'
  /**
   * Who gets it in the inbox on arrival: of those with a right the nearest to the place; kept with whoever signs.
   * Absent: who held this place before, else who brought it here.
   */
  readonly assign?: Assignee | readonly Assignee[]
  /** The clock of this place. */
  readonly clock?: ClockRule
  /** Another that runs meanwhile, such as to a date to be kept whoever has it: the light is that of the nearest limit. */
  readonly beside?: ClockRule
  /** Sub-loops opened on arrival; the place is left when all have ended. */
  readonly joint?: JointRule
  /** How an end counts: done as it should be, withdrawn, or refused. */
  readonly outcome?: 'done' | 'withdrawn' | 'refused'
}

/** A named hook chooses one of the places. */
export interface Fork {
  readonly choose: string
  readonly among: readonly string[]
}

/** Who: resolved when needed, never a person's name in a definition. */
export type Assignee =
  /** Everybody with this right whose reach covers the instance's division or the given unit. */
  | { readonly right: string; readonly of?: 'division' | { readonly field: string } }
  /** A post, by id. */
  | { readonly post: string }
  /** Posts of the organisation that a field of the data names, with the right. */
  | { readonly organisationIn: string; readonly right: string }
  /** Whoever has it now. */
  | { readonly holder: true }
  /** Who opened it. */
  | { readonly opener: true }
  /** Who did an earlier action. */
  | { readonly whoDid: string }
  /** A resident or firm, or several, that a field of the data names. */
  | { readonly accountIn: string }
  /** Posts that a field of the data names. */
  | { readonly postIn: string }
  /** A named hook answers with posts or accounts. */
  | { readonly hook: string }

/** What can be done. */
export interface Action {
  readonly title: Words
  /** Places it starts from; `*` means every one that is not an end. */
  readonly from: readonly string[] | '*'
  /** Where it leads; absent: it stays. A hook may choose among several. */
  readonly to?: string | Fork
  /** Who may; absent: whoever holds the matter. */
  readonly who?: Assignee | readonly Assignee[]
  /** At most so often in one matter; an extension once unless said. */
  readonly times?: number
  /** Never by someone who did one of these actions: the reporter does not close his own matter. */
  readonly notBy?: readonly string[]
  /** What has to be filled in. */
  readonly form?: TObject
  /** Least number of evidence files. */
  readonly evidence?: number
  /** Conditions by name; each answers null or why not. */
  readonly guards?: readonly string[]
  /** Effects by name, run in the same transaction. */
  readonly effects?: readonly string[]
  /**
   * What it does to clocks: pause and resume all; extend the one over the matter, or the place's if there is no other, by
   * a duration or by one that a field of the form holds; restart the one over the matter.
   */
  readonly clock?: {
    readonly pause?: true
    readonly resume?: true
    readonly restart?: true
    readonly extend?: string | { readonly field: string }
  }
  /**
   * No person does it: it follows from a clock that names it under `atLimit`, from the warning that raised the matter
   * clearing, from the last sub-loop ending, or from a service of the module.
   */
  readonly automatic?: 'clock' | 'warning-cleared' | 'joint-ended' | 'service'
  /** How the button looks. */
  readonly look?: 'primary' | 'default' | 'danger'
}

/** A limit with its legal basis; short durations as `20wd`, `5d`, `2h`, `30min`, `3m`, `1y`. */
export interface ClockRule {
  /** A duration; or a field of the data that holds a duration (the promised term) or a date, whose end is the limit. */
  readonly limit: string | { readonly field: string }
  /** The clock over the whole matter begins on the first arrival here; at its opening unless said. */
  readonly from?: string
  /** The law or scheme that sets it. */
  readonly basis?: Words
  /** Yellow, with a notice to the holders, from this much before the limit on; a fifth of the term unless said. */
  readonly warnBefore?: string
  /** A term in days whose last day is a day off ends with the next working day [Civil Code, art. 203]; true unless said. */
  readonly rollover?: boolean
  /** Clock over the matter: lets an authorised person extend it once, with a reason. */
  readonly extension?: { readonly by: string; readonly who: Assignee }
  /** Clock over the matter: lets the holder pause and resume it, with a reason. */
  readonly pausable?: boolean
  /**
   * What happens at the limit, or `after` it, besides the red light: a ladder of urging and escalation, or an automatic
   * action (deemed acceptance).
   */
  readonly atLimit?: readonly LimitStep[]
}

export type LimitStep = ({ readonly urge: Assignee } | { readonly act: string }) & { readonly after?: string }

/** Joint handling: one sub-loop for each unit that a field names. It gets the data fields that both have. */
export interface JointRule {
  readonly loop: string
  /** Field of the data that lists organisations, or names one. */
  readonly units: string
  /** Field of the sub-loop's data that names its unit. */
  readonly as: string
  /** Action of the sub-loop by which it ends if the place is left before; absent: leaving is then refused. */
  readonly cancelBy?: string
  /** Leaves the place by this action when all sub-loops have ended. */
  readonly leaveBy: string
  /** The clock over the matter is also theirs: they begin with what is left, and pauses and extensions reach them. */
  readonly sharesClock?: boolean
}

/** Types a definition. */
export const loop = (definition: LoopDefinition): LoopDefinition => definition

declare module '../runtime/module.ts' {
  interface Declarations {
    readonly loops?: readonly LoopDefinition[]
  }
}
