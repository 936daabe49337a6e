import ical, { ICalAlarmType, ICalEventTransparency } from 'ical-generator'
import { Type } from 'typebox'
import { type App, NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import { nodesOf, readablePlan } from '../nodes.ts'
import { seen, unitsOf } from '../sight.ts'
import { milestonesUnder, treeOf } from '../tree.ts'

/** Seconds before a day begins at which it is nine in the morning of the day before. */
const REMIND_BEFORE = 15 * 3600

/** `GET /api/supervision/plans/:id/calendar.ics`: the reader's milestones as days of his own calendar (RFC 5545). */
export const calendarRoute = (app: App): Route =>
  route({
    method: 'GET',
    path: '/api/supervision/plans/:id/calendar.ics',
    title: words('节点日历', 'Milestones as a calendar'),
    right: 'supervision.cloud.read',
    audit: NOTHING_PERSONAL,
    params: Type.Object({ id: Type.String() }),
    response: Type.Unknown(),
    example: 'BEGIN:VCALENDAR',
    produces: 'text/calendar; charset=utf-8',
    handler: async ({ params, work, actor, scope, reply }) => {
      const plan = await readablePlan(app, work, params.id)
      const tree = treeOf(await nodesOf(app, work, plan.id))
      const units = await unitsOf(app)
      const visible = seen(tree, units, scope, actor)
      const calendar = ical({
        name: plan.title,
        prodId: { company: 'daizong', product: 'supervision', language: 'ZH' },
      })
      for (const { id, parent, title, due, achievedOn } of milestonesUnder(tree, undefined)) {
        const task = parent === undefined ? undefined : tree.byId.get(parent)
        if (due === undefined || !task || !visible.has(id)) continue
        const lead = task.lead ? (units.get(task.lead)?.name.zh ?? task.lead) : ''
        calendar.createEvent({
          id: `${id}@daizong`,
          start: new Date(`${due}T00:00:00Z`),
          allDay: true,
          stamp: app.now(),
          summary: `${achievedOn ? '✓ ' : ''}${task.title}：${title}`,
          description: lead,
          transparency: ICalEventTransparency.TRANSPARENT,
          ...(achievedOn
            ? {}
            : { alarms: [{ type: ICalAlarmType.display, trigger: REMIND_BEFORE, description: title }] }),
          ...(app.config.publicUrl ? { url: `${app.config.publicUrl}/supervision/tasks/${task.id}` } : {}),
        })
      }
      reply.header('content-disposition', 'attachment; filename="milestones.ics"')
      return calendar.toString()
    },
  })
