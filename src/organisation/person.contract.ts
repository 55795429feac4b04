import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery } from '../foundation/http/contract.ts'
import { dayText, safeText } from '../foundation/values/api-values.ts'
import { keyText } from './institution.contract.ts'

const unitKey = z.number().int().min(1).max(2_000_000_000)
const postCode = z.string().regex(/^[A-Z_]{2,30}$/, { error: 'post' })
const grade = z.enum(['A', 'B', 'C'])
const staffNo = z.string().regex(/^[A-Za-z0-9]{2,20}$/, { error: 'staff number' })
const orderNo = safeText(60).optional()
const person = z.strictObject({ staffKey: keyText })

/** Both names of a post; the page takes the reader's. */
const postView = z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string(), sequence: z.enum(['FRONT', 'RISK_CONTROL', 'PROCESSING']), breadth: z.enum(['NONE', 'SELF', 'UNIT', 'ALL']) })
export type PostView = z.output<typeof postView>

export const listPosts = endpoint({
  id: 'organisation.posts', method: 'GET', path: '/api/organisation/posts',
  text: { zh: '查看岗位', en: 'See the posts' },
  permission: 'organisation.read',
  reply: z.strictObject({ items: z.array(postView) }),
})

export const personRow = z.strictObject({
  staffKey: z.number().int(), staffNo: z.string(), name: z.string(), postCode: z.string().nullable(), postName: z.string().nullable(), postNameEn: z.string().nullable(),
  lineName: z.string().nullable(), placeName: z.string().nullable(), otherPosts: z.number().int(), employed: z.boolean(),
})
export type PersonRow = z.output<typeof personRow>

/** People as they stand on the day: with the main post of that day. `q`: part of the name, pinyin, initials or the staff number. */
export const listPeople = endpoint({
  id: 'organisation.people', method: 'GET', path: '/api/people',
  text: { zh: '查看人员列表', en: 'List people' },
  permission: 'organisation.read',
  query: z.strictObject({
    ...pageQuery, q: safeText(40).optional(), unitKey: keyText.optional(), postCode: postCode.optional(), day: dayText.optional(), gone: z.enum(['include', 'only']).optional(),
  }),
  reply: page(personRow),
})

export const getPerson = endpoint({
  id: 'organisation.person', method: 'GET', path: '/api/people/:staffKey',
  text: { zh: '查看人员', en: 'See a person' },
  permission: 'organisation.read',
  params: person,
  query: z.strictObject({ day: dayText.optional() }),
  reply: z.strictObject({
    staffKey: z.number().int(), staffNo: z.string(), name: z.string(), pinyin: z.string(), day: z.string(), employed: z.boolean(),
    /** Every post, the newest first; `inForce` on the day asked for. */
    posts: z.array(z.strictObject({
      key: z.number().int(), postCode: z.string(), postName: z.string(), postNameEn: z.string(), sequence: z.string(), lineKey: z.number().int(), lineName: z.string(),
      placeKey: z.number().int(), placeName: z.string(), from: z.string(), to: z.string().nullable(), main: z.boolean(), orderNo: z.string().nullable(), inForce: z.boolean(),
    })),
    /** Null for whoever may not read the personnel record. */
    record: z.strictObject({
      employments: z.array(z.strictObject({ from: z.string(), to: z.string().nullable(), leaveReason: z.string().nullable() })),
      grades: z.array(z.strictObject({ grade, from: z.string(), to: z.string().nullable(), reason: z.string().nullable() })),
      hasPassword: z.boolean().nullable(),
    }).nullable(),
    may: mayDo,
  }),
})

/** E8: nobody changes post or leaves while customers hang on him. `handOver`: the number of the hand-over under way, or a sentence that there is none. */
const handOverNeeded = {
  'hand-over-needed': { status: 409, zh: '未能办理。此人自该日起仍有 {count} 位客户未移交（{handOver}）。请先完成移交，或由其上级紧急接管', en: 'Not done. {count} customer(s) would still hang on this person ({handOverEn}). Finish the hand-over, or let the superior take over at once' },
} as const
const notEmployed = { status: 422, zh: '未能办理。此人在该日不在职，请核对日期', en: 'Not done. The person is not employed on that day; check the date' }
const laterFact = { status: 422, zh: '未能办理。{day} 已有任职或变更，请选择更晚的日期', en: 'Not done. There is a fact on {day}; choose a later day' }
const holding = {
  'not-employed': notEmployed,
  'post-unknown': { status: 422, zh: '未能办理。没有这个岗位', en: 'Not done. There is no such post' },
  'unit-not-there': { status: 422, zh: '未能办理。所选机构在该日不存在', en: 'Not done. The unit is not there on that day' },
  'two-sequences': { status: 422, zh: '未能办理。此人同时任“{post}”，三大序列的岗位不能由一人兼任', en: 'Not done. The person also holds “{postEn}”; nobody holds posts of two sequences at once' },
  'post-already-held': { status: 422, zh: '未能办理。此人在该条线已任此岗', en: 'Not done. The person already holds this post in this line' },
  'second-main-post': { status: 422, zh: '未能办理。此人已有主岗', en: 'Not done. The person already has a main post' },
} as const

export const hirePersonContract = endpoint({
  id: 'organisation.hire', method: 'POST', path: '/api/people',
  text: { zh: '办理入职', en: 'Hire a person' },
  permission: 'organisation.change', writes: 'act',
  body: z.strictObject({ staffNo, name: safeText(40), from: dayText, post: z.strictObject({ postCode, lineKey: unitKey, placeKey: unitKey }).optional() }),
  reply: z.strictObject({ staffKey: z.number().int() }),
  refusals: { 'staff-number-taken': { status: 422, zh: '未能办理。工号已被使用，请核对', en: 'Not done. The staff number is in use; check it' }, ...holding },
})

export const holdPostContract = endpoint({
  id: 'organisation.hold-post', method: 'POST', path: '/api/people/:staffKey/posts',
  text: { zh: '办理任职', en: 'Give a post' },
  permission: 'organisation.change', writes: 'act',
  params: person,
  body: z.strictObject({ postCode, lineKey: unitKey, placeKey: unitKey, from: dayText, orderNo }),
  reply: z.strictObject({ postKey: z.number().int() }),
  refusals: holding,
})

export const endPostContract = endpoint({
  id: 'organisation.end-post', method: 'PUT', path: '/api/people/:staffKey/posts/:postKey/end',
  text: { zh: '免去岗位', en: 'End a post' },
  permission: 'organisation.change', writes: 'act',
  params: z.strictObject({ staffKey: keyText, postKey: keyText }),
  body: z.strictObject({ from: dayText, reason: safeText(200) }),
  reply: z.strictObject({}),
  refusals: { 'not-in-force': { status: 422, zh: '未能办理。该岗位在该日不在任，或在该日才开始', en: 'Not done. The post is not in force on that day or begins on it' }, ...handOverNeeded },
})

export const transferPersonContract = endpoint({
  id: 'organisation.transfer', method: 'PUT', path: '/api/people/:staffKey/transfer',
  text: { zh: '办理调动', en: 'Transfer a person' },
  permission: 'organisation.change', writes: 'act',
  params: person,
  body: z.strictObject({
    postCode, lineKey: unitKey, placeKey: unitKey, from: dayText, orderNo, reason: safeText(200),
    /** Of a manager: his customers go along to the new line, or were handed over before. Needed when he holds any. */
    customers: z.enum(['TAKE_ALONG', 'HAND_OVER']).optional(),
  }),
  reply: z.strictObject({ postKey: z.number().int() }),
  refusals: {
    'later-fact-exists': laterFact, ...holding,
    'customers-undecided': { status: 422, zh: '未能办理。此人名下有 {count} 位客户，请选择随调动带走或先移交', en: 'Not done. The person holds {count} customer(s); say whether they go along or are handed over first' },
    'post-without-customers': { status: 422, zh: '未能办理。新岗位不能管户，客户须先移交', en: 'Not done. The new post looks after no customers; hand them over first' },
    ...handOverNeeded,
  },
})

export const holdGradeContract = endpoint({
  id: 'organisation.hold-grade', method: 'PUT', path: '/api/people/:staffKey/grade',
  text: { zh: '评定等级', en: 'Give a grade' },
  permission: 'organisation.change', writes: 'act',
  params: person,
  body: z.strictObject({ grade, from: dayText, reason: safeText(200) }),
  reply: z.strictObject({}),
  refusals: {
    'not-employed': notEmployed, 'later-fact-exists': laterFact,
    'same-grade': { status: 422, zh: '未能办理。此人已是该等级', en: 'Not done. The person has this grade already' },
  },
})

export const endEmploymentContract = endpoint({
  id: 'organisation.leave', method: 'PUT', path: '/api/people/:staffKey/leave',
  text: { zh: '办理离职', en: 'End the employment' },
  permission: 'organisation.change', writes: 'act',
  params: person,
  body: z.strictObject({ from: dayText, reason: safeText(200) }),
  reply: z.strictObject({ endedSessions: z.number().int() }),
  refusals: {
    'not-employed': notEmployed,
    ...handOverNeeded,
    'own-employment': { status: 422, zh: '未能办理。不能为本人办理离职，请由他人办理', en: 'Not done. Nobody ends his own employment; let another person do it' },
  },
})
