import { chinaCalendar, type TermRules } from '#runtime'

/** How every term of the city is reckoned: whole days end at midnight, working hours are the office's. */
export const termRules = (rollover: boolean): TermRules => ({
  calendar: chinaCalendar,
  officeHours: { morning: [8 * 60 + 30, 12 * 60], afternoon: [13 * 60 + 30, 17 * 60 + 30] },
  dayEnds: 'midnight',
  rollover,
})
