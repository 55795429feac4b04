import { z } from 'zod'
import { endpoint, mayDo, page, pageQuery, type Refusals } from '../foundation/http/contract.ts'
import { dayText, idText, newIdText, safeText } from '../foundation/values/api-values.ts'

export const cellTypes = ['TEXT', 'WHOLE', 'AMOUNT', 'DATE', 'CHOICE', 'FILE'] as const
export type CellType = (typeof cellTypes)[number]
/** Whence a cell is pre-filled: the last form's value, or figures that the bank has. */
export const cellSources = ['LAST', 'CUSTOMERS', 'CORE_CUSTOMERS', 'DEPOSITS', 'DEPOSITS_MONTH', 'CONTACTS_MONTH', 'VISITS_MONTH'] as const
export type CellSource = (typeof cellSources)[number]
export const formStates = ['DRAFT', 'OPEN', 'CLOSED', 'WITHDRAWN'] as const
export type FormState = (typeof formStates)[number]
/** Whose rows a form has: one answer a person, one an outlet (its head, or whom he names), or one a manager with a row for each of his customers. */
export const answersForKinds = ['PERSON', 'OUTLET', 'CUSTOMER'] as const
export type AnswersFor = (typeof answersForKinds)[number]
export const dataClasses = ['GENERAL', 'GENERAL_SENSITIVE'] as const
export type DataClass = (typeof dataClasses)[number]
/** WAITING: handed in, and the head has not confirmed it yet where the form asks for that; SUBMITTED counts. */
export const answerStates = ['OPEN', 'WAITING', 'SUBMITTED', 'RETURNED', 'ENDED'] as const
export type AnswerState = (typeof answerStates)[number]

const key = z.number().int().positive().max(2_147_483_647)
const code = z.string().regex(/^c\d{1,2}$/, { error: 'c1' })
const cellValue = z.string().max(2000)
export const cell = z.strictObject({
  code, label: safeText(40), type: z.enum(cellTypes), required: z.boolean().default(true), choices: z.array(safeText(40)).max(20).default([]),
  /** Whole numbers; of an amount in fen. */
  least: z.string().regex(/^-?\d{1,18}$/).nullable().default(null), most: z.string().regex(/^-?\d{1,18}$/).nullable().default(null), source: z.enum(cellSources).nullable().default(null),
})
export type Cell = z.output<typeof cell>
/** A value is a text: digits of whole fen for an amount, a day, one of the choices, the ids of files with blanks between; a cell that is empty is absent. `of`: which customer of the answer the row is about. */
export const answerRow = z.strictObject({ values: z.record(code, cellValue), reasons: z.record(code, safeText(200)).default({}), of: idText.optional() })
export type AnswerRow = z.output<typeof answerRow>

const addressees = z.strictObject({ posts: z.array(z.string().regex(/^[A-Z_]{2,30}$/)).max(20).default([]), units: z.array(key).max(100).default([]), people: z.array(key).max(500).default([]) })
export type Addressees = z.output<typeof addressees>
const person = z.strictObject({ staffKey: z.number().int(), name: z.string() })
/** Whose customers: those whom each manager looks after, narrowed by kind and tier, or those of a segment of the asker. */
const customersAsked = z.strictObject({ of: z.enum(['OWN', 'SEGMENT']), kind: z.enum(['CORPORATE', 'PERSON']).nullable().default(null), tiers: z.array(z.string().regex(/^[A-Z0-9_]{1,10}$/)).max(10).default([]), segment: idText.nullable().default(null) })
export type CustomersAsked = z.output<typeof customersAsked>
/** A customer of an answer; name and number are null where the reader may not see the customer. */
const subject = z.strictObject({ of: idText, name: z.string().nullable(), number: z.string().nullable(), prefilled: z.record(z.string(), z.string()) })
export type Subject = z.output<typeof subject>
/** Told only to who asked, who fills in and who confirms. */
const file = z.strictObject({ id: idText, name: z.string(), size: z.number().int() })
export type FormFile = z.output<typeof file>
export const mostFiles = 5
export const mostSubjects = 200
const review = z.strictObject({
  id: idText, formId: idText, formNumber: z.string(), formTitle: z.string(), why: z.string(), label: z.string(), figure: z.strictObject({ zh: z.string(), en: z.string() }), where: z.strictObject({ zh: z.string(), en: z.string() }), owner: z.string().nullable(), askedBy: person, askedOn: dayText,
  reviewers: z.array(person), decision: z.enum(['RELEASED', 'REFUSED']).nullable(), decidedBy: z.string().nullable(), decidedOn: dayText.nullable(), reason: z.string().nullable(), may: mayDo,
})
export type Review = z.output<typeof review>

const counts = z.strictObject({ all: z.number().int(), submitted: z.number().int(), waiting: z.number().int(), late: z.number().int() })
const formLine = z.strictObject({
  id: idText, number: z.string(), title: z.string(), collector: person, unitName: z.string(), answersFor: z.enum(answersForKinds), dueOn: dayText, state: z.enum(formStates),
  /** What is handed in counts only when the head of the outlet has confirmed it. */
  confirms: z.boolean(),
  /** How many of those whom the reader sees were asked and have answered. */
  counts, mine: z.strictObject({ answerId: idText, state: z.enum(answerStates), late: z.boolean() }).nullable(),
})
export type FormLine = z.output<typeof formLine>

/** `mine`: what I must answer; `asked`: what I collect; `line`: what those beneath me were asked. */
export const listForms = endpoint({
  id: 'forms.list', method: 'GET', path: '/api/collection-forms', text: { zh: '查看收表', en: 'List collection forms' }, permission: 'form.read',
  query: z.strictObject({ ...pageQuery, list: z.enum(['mine', 'asked', 'line']).default('mine'), over: z.stringbool().default(false) }), reply: page(formLine),
})

export const getForm = endpoint({
  id: 'forms.get', method: 'GET', path: '/api/collection-forms/:formId', text: { zh: '查看一份收表', en: 'See a collection form' }, permission: 'form.read', params: z.strictObject({ formId: idText }),
  reply: z.strictObject({
    ...formLine.shape, why: z.string(), mostRows: z.number().int(), cells: z.array(cell), edition: z.number().int(), copiedFrom: idText.nullable(), openedOn: dayText.nullable(), endedOn: dayText.nullable(), endNote: z.string().nullable(),
    /** Only to who collects. */
    addressees: z.strictObject({ posts: z.array(z.string()), units: z.array(z.strictObject({ key: z.number().int(), name: z.string() })), people: z.array(person) }).nullable(), wanted: z.number().int(),
    /** Of a form about customers: whose, what their data is needed for, of which class it is, and how many they are. */
    customers: customersAsked.nullable(), purpose: z.string().nullable(), dataClass: z.enum(dataClasses), wantedCustomers: z.number().int().nullable(),
    /** Columns that the ledgers seem to hold, only to who collects. */
    reviews: z.array(review), may: mayDo,
  }),
})

const content = { title: safeText(60, { min: 2 }), why: safeText(300, { min: 2, multiline: true }), answersFor: z.enum(answersForKinds), mostRows: z.number().int().min(1).max(50), cells: z.array(cell).min(1).max(30), addressees, dueOn: dayText, confirms: z.boolean().default(false), customers: customersAsked.nullable().default(null), purpose: safeText(100, { min: 2 }).nullable().default(null) }
const contentRefusals = {
  'in-the-past': { status: 422, zh: '未能保存。期限早于今天。请重新选择', en: 'Not kept. The day is before today. Choose another' },
  'cell-codes': { status: 422, zh: '未能保存。栏目编号重复。请刷新后重试', en: 'Not kept. Two cells have one code. Reload and try again' },
  'choices-missing': { status: 422, zh: '未能保存。选项栏“{label}”至少要有两个不同的选项', en: 'Not kept. “{label}” needs two different choices at least' },
  'limits-reversed': { status: 422, zh: '未能保存。“{label}”的下限大于上限', en: 'Not kept. The least of “{label}” is above its most' },
  'source-does-not-fit': { status: 422, zh: '未能保存。“{label}”的预填来源与栏目类型不符', en: 'Not kept. The source of “{label}” does not fit its type' },
  'last-needs-copy': { status: 422, zh: '未能保存。“{label}”预填上次数据，须由上一份表复制而来，且每人一行', en: 'Not kept. “{label}” is filled with the last value: copy the former form, with one row each' },
  'source-needs-one-row': { status: 422, zh: '未能保存。预填数据的表每人只能一行', en: 'Not kept. A form that is pre-filled has one row each' },
  'ledger-has-it': { status: 422, zh: '未能保存。所有栏目系统里都有，请直接查看：{where}', en: 'Not kept. All of it is in the system: see {whereEn}' },
  'file-prefilled': { status: 422, zh: '未能保存。附件栏“{label}”不能预填', en: 'Not kept. “{label}” holds files: nothing fills it in' },
  'customers-unsaid': { status: 422, zh: '未能保存。请选择涉及哪些客户', en: 'Not kept. Say which customers it is about' },
  'purpose-unsaid': { status: 422, zh: '未能保存。涉及客户信息，请填写使用目的', en: 'Not kept. It is about customers: say what their data is needed for' },
  'classed-cell': { status: 422, zh: '未能保存。“{label}”属于{what}，不能用收表收集，请在客户档案登记', en: 'Not kept. “{label}” is {whatEn}: it is not collected by a form but kept in the customer’s file' },
  'customers-by-name': { status: 422, zh: '未能保存。“{label}”收集客户名单，请改为“每位客户一行”并填写使用目的', en: 'Not kept. “{label}” collects customers by name: choose a row for each customer and say what for' },
  'source-not-per-customer': { status: 422, zh: '未能保存。“{label}”的预填来源不是按客户的数', en: 'Not kept. The source of “{label}” is no figure of a customer' },
  'segment-gone': { status: 422, zh: '未能保存。客群已删除，或不再对您可用', en: 'Not kept. The segment was removed, or is not yours to use any more' },
  'too-many-customers': { status: 422, zh: '未能办理。{name} 有 {count} 位客户，每人最多 {most} 位。请缩小范围', en: 'Not done. {name} has {count} customers, a manager answers for {most} at most. Narrow it' },
  'nobody-reviews': { status: 422, zh: '未能保存。“{label}”与“{figure}”相近（见{where}），目前无人可以放行', en: 'Not kept. “{label}” resembles “{figureEn}” (see {whereEn}), and nobody is there who could release it' },
  'too-many': { status: 422, zh: '未能保存。收表对象 {count} 个，一份表最多 {most} 个', en: 'Not kept. {count} are asked; a form asks {most} at most' },
  'copy-unknown': { status: 422, zh: '未能保存。没有找到要复制的表', en: 'Not kept. The form to copy was not found' },
} as const satisfies Refusals

export const makeForm = endpoint({
  id: 'forms.make', method: 'POST', path: '/api/collection-forms', text: { zh: '新建收表', en: 'Build a collection form' }, permission: 'form.collect', writes: 'create',
  body: z.strictObject({ id: newIdText, ...content, copiedFrom: idText.nullable().default(null) }), /** `reviews`: how many columns wait for the owner of a figure. */
  reply: z.strictObject({ id: idText, number: z.string(), wanted: z.number().int(), reviews: z.number().int() }), refusals: contentRefusals,
})
const notDraft = { status: 409, zh: '未能修改。表已发出，栏目不能再改。可以撤回后复制', en: 'Not changed. It was sent out. Withdraw and copy it' } as const
const changedMeanwhile = { status: 409, zh: '未能保存。内容刚被修改过，请刷新后再改', en: 'Not kept. It was changed meanwhile. Reload and change again' } as const
const notCollector = { status: 403, zh: '由发起收表的人办理', en: 'This is for who collects' } as const
export const changeForm = endpoint({
  id: 'forms.change', method: 'PUT', path: '/api/collection-forms/:formId', text: { zh: '修改收表', en: 'Change a collection form' }, permission: 'form.collect', writes: 'act', params: z.strictObject({ formId: idText }),
  body: z.strictObject({ edition: z.number().int().min(1).max(1_000_000), ...content }), reply: z.strictObject({ edition: z.number().int(), wanted: z.number().int(), reviews: z.number().int() }), refusals: { 'not-collector': notCollector, 'not-draft': notDraft, 'changed-meanwhile': changedMeanwhile, ...contentRefusals },
})
const formState = { status: 409, zh: '未能办理。此表目前为“{state}”', en: 'Not done. The form is “{stateEn}”' } as const
export const openForm = endpoint({
  id: 'forms.open', method: 'POST', path: '/api/collection-forms/:formId/open', text: { zh: '发出收表', en: 'Send a form out' }, permission: 'form.collect', writes: 'act', params: z.strictObject({ formId: idText }), reply: z.strictObject({ asked: z.number().int() }),
  refusals: { 'not-collector': notCollector, 'form-state': formState, 'in-the-past': contentRefusals['in-the-past'], 'nobody-asked': { status: 422, zh: '未能发出。所选岗位和机构下没有人。请修改收表对象', en: 'Not sent. Nobody holds these posts there. Change who is asked' }, 'too-many': contentRefusals['too-many'],
    'too-many-customers': contentRefusals['too-many-customers'],
    'review-waits': { status: 409, zh: '未能发出。“{label}”与“{figure}”相近，请先看{where}；确需收集的，待{owner}放行', en: 'Not sent. “{label}” resembles “{figureEn}”: see {whereEn} first; if it is needed all the same, {ownerEn} has to release it' },
    'review-refused': { status: 409, zh: '未能发出。“{label}”未予放行：{reason}。请删除该栏，直接看{where}', en: 'Not sent. “{label}” was not released: {reason}. Take it out and see {whereEn}' },
    'nobody-confirms': { status: 422, zh: '未能发出。{count} 份没有可确认的负责人，如{first}。请调整收表对象，或不要求负责人确认', en: 'Not sent. {count} have no head who could confirm, {first} for one. Change who is asked, or ask for no confirmation' },
  },
})
export const endForm = endpoint({
  id: 'forms.end', method: 'POST', path: '/api/collection-forms/:formId/end', text: { zh: '结束或撤回收表', en: 'Close or withdraw a form' }, permission: 'form.collect', writes: 'act', params: z.strictObject({ formId: idText }),
  body: z.strictObject({ as: z.enum(['CLOSED', 'WITHDRAWN']), note: safeText(200).nullable().default(null) }), reply: z.strictObject({ state: z.enum(formStates) }),
  refusals: { 'not-collector': notCollector, 'form-state': formState, 'note-missing': { status: 422, zh: '未能撤回。请填写原因', en: 'Not withdrawn. Say why' } },
})

const answerLine = z.strictObject({
  id: idText, staffKey: z.number().int(), name: z.string(), unitName: z.string(), state: z.enum(answerStates), dueOn: dayText, submittedOn: dayText.nullable(), late: z.boolean(), returns: z.number().int(), returnReason: z.string().nullable(), changed: z.number().int(), edition: z.number().int(),
  /** For whom it waits; null when it does not wait, or when nobody is there. */
  confirmer: person.nullable(), confirmedOn: dayText.nullable(),
  /** Only of what was handed in. */
  rows: z.array(answerRow), prefilled: z.record(z.string(), z.string()),
  /** Whom the head of the outlet named. */
  filler: person.nullable(),
  /** Of a form about customers: whom the rows are about, in their order. */
  subjects: z.array(subject), files: z.array(file),
})
export type AnswerLine = z.output<typeof answerLine>
const total = z.strictObject({ code: z.string(), total: z.string(), filled: z.number().int() })
/** The answers whom the reader sees: of a collector all; totals over what was handed in, worked out with the rows. */
export const readAnswers = endpoint({
  id: 'forms.answers', method: 'GET', path: '/api/collection-forms/:formId/answers', text: { zh: '查看收表结果', en: 'See the answers of a form' }, permission: 'form.read', params: z.strictObject({ formId: idText }),
  query: z.strictObject({ which: z.enum(['all', 'missing', 'waiting', 'late']).default('all') }), reply: z.strictObject({ items: z.array(answerLine), totals: z.array(total), rows: z.number().int() }),
})
export const exportAnswers = endpoint({
  id: 'forms.export', method: 'POST', path: '/api/collection-forms/:formId/export', text: { zh: '导出收表汇总', en: 'Export the merged table' }, permission: 'form.collect', writes: 'act', params: z.strictObject({ formId: idText }),
  body: z.strictObject({ purpose: safeText(100, { min: 2 }) }), reply: z.any(), raw: true, refusals: { 'not-collector': notCollector, 'too-many-rows': { status: 422, zh: '未能导出。超过 {most} 行', en: 'Not exported. There are more than {most} rows' }, 'nothing-to-export': { status: 422, zh: '未能导出。还没有可汇总的填报', en: 'Not exported. Nothing was handed in, or confirmed, yet' } },
})
export const returnAnswer = endpoint({
  id: 'forms.return', method: 'POST', path: '/api/collection-answers/:answerId/return', text: { zh: '退回补正', en: 'Return an answer for correction' }, permission: 'form.collect', writes: 'act', params: z.strictObject({ answerId: idText }),
  body: z.strictObject({ reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ state: z.enum(answerStates) }),
  refusals: { 'not-collector': notCollector, 'form-state': formState, 'not-submitted': { status: 409, zh: '未能退回。尚未报送', en: 'Not returned. It was not handed in' } },
})

const confirmRefusals = {
  'own-answer': { status: 403, zh: '您自己报送的，由上一级负责人确认', en: 'You handed it in yourself: the next head above confirms it' },
  'not-the-head': { status: 403, zh: '由填报人所在网点的负责人确认', en: 'This is for the head of the outlet of who answered' },
  'nobody-confirms': { status: 409, zh: '目前没有可确认的负责人。请收表人退回或等负责人到岗', en: 'No head is there who could confirm. The collector returns it, or it waits until there is one' },
  'asks-no-confirmation': { status: 409, zh: '此表不需要负责人确认', en: 'This form asks for no confirmation' },
  'form-state': formState,
  'not-submitted': { status: 409, zh: '未能办理。尚未报送', en: 'Not done. It was not handed in' },
  'confirmed-already': { status: 409, zh: '已确认。需要修改请收表人退回', en: 'It was confirmed. Only the collector can return it now' },
  'changed-meanwhile': { status: 409, zh: '未能办理。填报刚被修改过，请刷新后再看', en: 'Not done. The answer was changed meanwhile. Reload and look again' },
} as const satisfies Refusals
const seen = z.number().int().min(1).max(1_000_000)
/** The head of the outlet confirms what he saw: the edition tells which. */
export const confirmAnswer = endpoint({
  id: 'forms.confirm', method: 'POST', path: '/api/collection-answers/:answerId/confirm', text: { zh: '确认填报', en: 'Confirm an answer' }, permission: 'form.confirm', writes: 'act', params: z.strictObject({ answerId: idText }),
  body: z.strictObject({ edition: seen }), reply: z.strictObject({ state: z.enum(answerStates), confirmedOn: dayText }), refusals: confirmRefusals,
})
export const sendBackAnswer = endpoint({
  id: 'forms.sendBack', method: 'POST', path: '/api/collection-answers/:answerId/send-back', text: { zh: '负责人退回填报', en: 'Send an answer back instead of confirming it' }, permission: 'form.confirm', writes: 'act', params: z.strictObject({ answerId: idText }),
  body: z.strictObject({ edition: seen, reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ state: z.enum(answerStates) }), refusals: confirmRefusals,
})

export const getAnswer = endpoint({
  id: 'forms.answer', method: 'GET', path: '/api/collection-answers/:answerId', text: { zh: '查看一份填报', en: 'See an answer' }, permission: 'form.read', params: z.strictObject({ answerId: idText }),
  reply: z.strictObject({
    id: idText, form: z.strictObject({ id: idText, number: z.string(), title: z.string(), why: z.string(), mostRows: z.number().int(), cells: z.array(cell), state: z.enum(formStates), collector: person, answersFor: z.enum(answersForKinds), confirms: z.boolean(), purpose: z.string().nullable(), dataClass: z.enum(dataClasses) }),
    staff: person, unitName: z.string(), dueOn: dayText, workingDaysLeft: z.number().int().nullable(), state: z.enum(answerStates), prefilled: z.record(z.string(), z.string()), prefilledOn: dayText, rows: z.array(answerRow), edition: z.number().int(), submittedOn: dayText.nullable(), late: z.boolean(),
    returnReason: z.string().nullable(), returnedBy: z.string().nullable(), confirmedOn: dayText.nullable(), confirmedBy: z.string().nullable(),
    /** Whom the head of the outlet named, and whom he may name. */
    filler: person.nullable(), nameable: z.array(person),
    subjects: z.array(subject), files: z.array(file),
    /** Who may confirm today, where the form asks for it and it is not confirmed yet. */
    confirmers: z.array(person), history: z.array(z.strictObject({ round: z.number().int(), on: dayText, by: z.string(), rows: z.number().int() })), may: mayDo,
  }),
})
const answerRefusals = {
  'not-yours-to-answer': { status: 403, zh: '由填报人本人填写', en: 'This is for who was asked' },
  'filled-by-another': { status: 403, zh: '已指定 {name} 填报。需要自己填写请先收回', en: '{name} was named to fill it in. Take it back first to fill it in yourself' },
  'form-state': formState,
  'submitted-already': { status: 409, zh: '已报送。需要修改请联系收表人退回', en: 'It was handed in. Ask the collector to return it' },
  'waits-for-head': { status: 409, zh: '已报送，待负责人确认。需要修改请负责人退回', en: 'It was handed in and waits for the head. Ask him to return it' },
  'changed-meanwhile': { status: 409, zh: '未能保存。此表在另一处修改过，请刷新后再填', en: 'Not kept. It was changed elsewhere. Reload and fill in again' },
  'too-many-rows': { status: 422, zh: '未能保存。最多 {most} 行', en: 'Not kept. {most} rows at most' },
  'cell-faults': { status: 422, zh: '未能报送。有 {count} 处需要修改：{first}', en: 'Not handed in. {count} places need a change: {firstEn}' },
} as const satisfies Refusals
const answerBody = z.strictObject({ edition: z.number().int().min(1).max(1_000_000), rows: z.array(answerRow).max(mostSubjects) })
const mostAnswer = 4 * 1024 * 1024
export const saveAnswer = endpoint({
  id: 'forms.save', method: 'PUT', path: '/api/collection-answers/:answerId', text: { zh: '保存填报', en: 'Keep an answer as draft' }, permission: 'form.read', writes: 'act', params: z.strictObject({ answerId: idText }), body: answerBody, maxBody: mostAnswer, reply: z.strictObject({ edition: z.number().int() }), refusals: answerRefusals,
})
export const submitAnswer = endpoint({
  id: 'forms.submit', method: 'POST', path: '/api/collection-answers/:answerId/submit', text: { zh: '报送', en: 'Hand an answer in' }, permission: 'form.read', writes: 'act', params: z.strictObject({ answerId: idText }), body: answerBody, maxBody: mostAnswer,
  /** `waitsFor`: who confirms it; null where the form asks for no confirmation. */
  reply: z.strictObject({ edition: z.number().int(), late: z.boolean(), waitsFor: z.string().nullable() }),
  refusals: { ...answerRefusals, 'nobody-confirms': { status: 409, zh: '未能报送。目前没有可确认的负责人，请联系收表人', en: 'Not handed in. No head is there who could confirm. Ask the collector' } },
})
export const answerSheet = endpoint({
  id: 'forms.sheet', method: 'GET', path: '/api/collection-answers/:answerId/sheet', text: { zh: '下载填报表', en: 'Fetch the answer as a workbook' }, permission: 'form.read', params: z.strictObject({ answerId: idText }), reply: z.any(), raw: true, refusals: {},
})
export const uploadAnswer = endpoint({
  id: 'forms.upload', method: 'POST', path: '/api/collection-answers/:answerId/sheet', text: { zh: '上传填报表', en: 'Fill an answer in from a workbook' }, permission: 'form.read', writes: 'act', params: z.strictObject({ answerId: idText }),
  upload: { kinds: ['XLSX'], most: 2 * 1024 * 1024 }, body: z.strictObject({ edition: z.number().int().min(1).max(1_000_000) }),
  reply: z.strictObject({ edition: z.number().int(), rows: z.number().int() }),
  refusals: {
    ...answerRefusals, 'sheet-other-form': { status: 422, zh: '未能读取。这不是本表的填报表。请下载后填写再上传', en: 'Not read. It is not the workbook of this form. Fetch it, fill it in and send it' },
    'workbook-damaged': { status: 422, zh: '未能读取。文件不是有效的 Excel 工作簿，或已损坏', en: 'Not read. The file is no valid Excel workbook, or is damaged' },
    'workbook-huge': { status: 422, zh: '未能读取。工作簿解压后超过 64 MB', en: 'Not read. The workbook unpacks to more than 64 MB' },
    'workbook-macros': { status: 422, zh: '未能读取。工作簿含有宏。请另存为不含宏的 .xlsx', en: 'Not read. The workbook has macros. Save it as .xlsx without macros' },
    'workbook-links': { status: 422, zh: '未能读取。工作簿链接了其他文件。请断开链接后再试', en: 'Not read. The workbook links to other files. Break the links first' },
    'workbook-formulas': { status: 422, zh: '未能读取。单元格 {cell} 是公式。请粘贴为数值后再试', en: 'Not read. Cell {cell} is a formula. Paste it as a value first' },
    'workbook-rows': { status: 422, zh: '未能读取。超过 {most} 行', en: 'Not read. There are more than {most} rows' },
  },
})

/** A file for a cell: kept like a document of a customer's file. It stands in the answer only when the answer names it. */
export const attachToAnswer = endpoint({
  id: 'forms.attach', method: 'POST', path: '/api/collection-answers/:answerId/files', text: { zh: '上传填报附件', en: 'Attach a file to an answer' }, permission: 'form.read', writes: 'create', params: z.strictObject({ answerId: idText }),
  body: z.strictObject({ id: newIdText, cell: code, of: idText.nullable().default(null) }), upload: { kinds: ['PDF', 'JPEG', 'PNG', 'WEBP', 'HEIC', 'OFD', 'XLSX', 'DOCX'], most: 15 * 1024 * 1024 }, reply: file,
  refusals: {
    'not-yours-to-answer': answerRefusals['not-yours-to-answer'], 'filled-by-another': answerRefusals['filled-by-another'], 'form-state': formState, 'submitted-already': answerRefusals['submitted-already'], 'waits-for-head': answerRefusals['waits-for-head'],
    'no-file-cell': { status: 422, zh: '未能上传。此栏不收附件', en: 'Not uploaded. This cell takes no file' },
    'too-many-files': { status: 422, zh: '未能上传。此表附件已达 {most} 个', en: 'Not uploaded. The answer has {most} files already' },
  },
})
/** Who asked, who fills in, who confirms; of a customer only who may see the customer. With a purpose, journaled, limited like a document. */
export const fetchAnswerFile = endpoint({
  id: 'forms.file', method: 'POST', path: '/api/collection-answers/:answerId/files/:fileId', text: { zh: '下载填报附件', en: 'Fetch a file of an answer' }, permission: 'form.read', raw: true, params: z.strictObject({ answerId: idText, fileId: idText }),
  body: z.strictObject({ purpose: safeText(100, { min: 2 }) }), reply: z.unknown(),
  refusals: {
    'file-of-others': { status: 403, zh: '附件只给收表人、填报人和确认人查看', en: 'Files are for who asked, who fills in and who confirms' },
    'customer-out-of-sight': { status: 403, zh: '此附件涉及的客户不在您的可见范围', en: 'The file is about a customer whom you may not see' },
    destroyed: { status: 410, zh: '文件已按保管期限销毁，或已不在存储中', en: 'The file was destroyed at the end of its term, or is no longer stored' },
  },
})
/** The head of the outlet names who of his outlet fills in; null: himself again. */
export const nameFiller = endpoint({
  id: 'forms.name', method: 'POST', path: '/api/collection-answers/:answerId/filler', text: { zh: '指定填报人', en: 'Name who fills in for the outlet' }, permission: 'form.read', writes: 'act', params: z.strictObject({ answerId: idText }),
  body: z.strictObject({ staffKey: key.nullable() }), reply: z.strictObject({ filler: z.string().nullable() }),
  refusals: {
    'not-the-outlets-head': { status: 403, zh: '由网点负责人指定', en: 'This is for the head of the outlet' }, 'no-outlet-form': { status: 422, zh: '未能指定。只有每个网点一份的表可以指定', en: 'Not named. Only a form of the outlet is given on' },
    'not-of-the-outlet': { status: 422, zh: '未能指定。此人不在本网点', en: 'Not named. The person does not work at the outlet' }, 'form-state': formState, 'submitted-already': answerRefusals['submitted-already'], 'waits-for-head': answerRefusals['waits-for-head'],
  },
})
/** Columns that wait for the reader, that he decided, or that he asked for. */
export const listReviews = endpoint({
  id: 'forms.reviews', method: 'GET', path: '/api/collection-reviews', text: { zh: '查看待放行的收表栏目', en: 'List columns to release' }, permission: 'form.read', query: z.strictObject({ ...pageQuery, over: z.stringbool().default(false) }), reply: page(review),
})
/** The owner of the figure lets the column be asked, or not, with the reason. Nobody decides his own. */
export const decideReview = endpoint({
  id: 'forms.review', method: 'POST', path: '/api/collection-reviews/:reviewId', text: { zh: '放行收表栏目', en: 'Release a column of a form' }, permission: 'form.read', writes: 'act', params: z.strictObject({ reviewId: idText }),
  body: z.strictObject({ decision: z.enum(['RELEASED', 'REFUSED']), reason: safeText(200, { min: 2 }) }), reply: z.strictObject({ decision: z.enum(['RELEASED', 'REFUSED']) }),
  refusals: {
    'own-form': { status: 403, zh: '自己发起的收表，由他人放行', en: 'You ask for it yourself: somebody else releases it' }, 'not-the-owner': { status: 403, zh: '由该数据的主管部门放行', en: 'This is for who answers for the figure' },
    'decided-already': { status: 409, zh: '未能办理。已由 {name} 决定', en: 'Not done. {name} decided it already' }, 'review-withdrawn': { status: 409, zh: '未能办理。该栏已修改或删除', en: 'Not done. The column was changed or left out' },
  },
})
