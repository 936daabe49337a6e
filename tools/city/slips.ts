/** Every kind of mistake that an export can contain, as the index explains it. */
export const SLIPS = {
  missed: '该有的记录没有交 · a record that should be there is not',
  duplicate: '同一记录重复 · the same record a second time',
  'dead-kept': '已去世仍在册 · kept although the person died',
  'closed-kept': '已注销仍在册 · kept although the firm closed',
  'registered-twice': '同一人两次登记户口，多出的已注销 · a second registration of the same person, struck off',
  'death-missing': '去世未登记 · the death was not entered',
  'paid-after-death': '去世后仍发放 · paid after the death',
  'name-look-alike': '姓名错成形近、同音字 · a character of the name replaced by one like it',
  'name-old': '仍用曾用名 · the name from before a change',
  'name-space': '姓名中有空格 · a space inside the name',
  'name-dot': '间隔号写法不一 · another sign for the dot of a name',
  'character-lost': '生僻字变成问号 · a character that the encoding lacks became ?',
  'number-missing': '证件号空缺 · no identity number',
  'number-typo': '证件号错一位 · one digit of the identity number is wrong',
  'number-second': '用了旧的另一号码 · a second valid number that the person once had',
  'number-other': '填了家人的号码 · the number of another member of the household',
  'number-fifteen': '旧十五位号码 · the old form of fifteen digits',
  'number-float': '号码被表格软件变成浮点数 · the number turned into a floating-point number',
  'number-lower': '末位 x 小写 · a small x at the end',
  'phone-missing': '电话空缺 · no telephone',
  'phone-old': '旧电话 · a former telephone',
  'address-short': '地址不全 · the address without province and city',
  'address-old': '旧地址 · the address from before a move',
  'date-typo': '日期错 · a day that is off by months or days',
  'date-other-form': '日期格式不一 · a date in another form than the others',
  'code-missing': '信用代码空缺 · no credit code',
  'code-typo': '信用代码错一位 · one sign of the credit code is wrong',
  'code-letter': '信用代码 0 写成 O · a zero of the credit code written as O',
  'firm-name-brackets': '企业名称用半角括号 · narrow brackets in the name of a firm',
  'firm-name-short': '企业名称简写 · a shortened name of a firm',
  'firm-name-old': '企业旧名 · the name from before a change',
} as const

export type Slip = keyof typeof SLIPS
/** Probability of a mistake where it can occur, 0 to 1. */
export type Rates = Readonly<Partial<Record<Slip, number>>>
/** How often a mistake could occur, and how often it did. */
export interface Tally {
  could: number
  did: number
}
export type Tallies = Partial<Record<Slip, Tally>>
