import { Conflict, Forbidden, InvalidInput, type Issue, NotFound, type ProductError, TooMany, words } from '#runtime'
import { NO_GRANT } from '../grants/grant-store.ts'

/** Why a call under a grant is not answered; each leaves a receipt with its code. */
const MINUTE = 60

export const noGrant = (): NotFound => new NotFound('no-grant', NO_GRANT)

export const ended = (state: string): Forbidden =>
  new Forbidden(
    state === 'withdrawn' ? 'grant-withdrawn' : 'grant-expired',
    state === 'withdrawn'
      ? words('授权已被收回，如仍需要请重新申请', 'The grant was withdrawn; apply again if you still need it')
      : words('授权已到期，请申请续期', 'The grant has expired; ask for renewal'),
  )

export const notThisWay = (way: string): Forbidden =>
  new Forbidden(
    'way-not-granted',
    words(`授权不含此使用方式（${way}）`, `The grant does not include this way (${way})`),
  )

export const outOfScope = (issues: readonly Issue[]): Forbidden =>
  Object.assign(
    new Forbidden(
      'out-of-scope',
      words(
        `超出授权范围：${issues.map(({ message }) => message.zh).join('；')}`,
        `Beyond the grant: ${issues.map(({ message }) => message.en).join('; ')}`,
      ),
    ),
    { issues },
  )

export const quotaUsed = (): TooMany =>
  new TooMany(
    'quota-used',
    words(
      '今日调用次数已用完，请明日再用或申请提高上限',
      'The calls of today are used up; go on tomorrow or ask for more',
    ),
    60 * MINUTE,
  )

const BUSY = 'busy'

/** Refusals that say nothing against the caller. */
export const isBusy = ({ code }: ProductError): boolean => code === BUSY

export const busy = (): TooMany =>
  new TooMany(BUSY, words('正在为别人计算，请稍后再试', 'Others are being computed for; try again in a moment'), 10)

export const underWay = (): TooMany =>
  new TooMany(
    BUSY,
    words(
      '此授权的上一次计算还没有完成，请等它完成',
      'The last computation under this grant is still under way; wait for it',
    ),
    10,
  )

export const replayed = (): Conflict =>
  new Conflict(
    'replayed',
    words('此请求编号已用过，请换新编号', 'This request was already answered; use a new x-request-id'),
  )

export const noRequestId = (): InvalidInput =>
  new InvalidInput(
    'request-id-missing',
    words(
      '接口调用须带 x-request-id（8 至 64 位，每次不同）',
      'Calls of machines carry x-request-id (8 to 64 letters, digits or -), another one each time',
    ),
  )

export const flooding = (): TooMany =>
  new TooMany(
    'flooding',
    words(
      '被拒绝的调用过多，请稍后再试并检查程序',
      'Too many refused calls; stop, look at your program, try again later',
    ),
    MINUTE,
  )
