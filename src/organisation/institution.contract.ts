import { z } from 'zod'
import { endpoint } from '../foundation/http/contract.ts'
import { dayText, safeText } from '../foundation/values/api-values.ts'

export const institutionKinds = ['HEAD_OFFICE', 'BRANCH', 'SUB_BRANCH', 'OUTLET', 'RM_DEPARTMENT', 'DEPARTMENT', 'TEAM'] as const
export const keyText = z.coerce.number().int().min(1).max(2_000_000_000)
const code = z.string().regex(/^[A-Za-z0-9-]{1,20}$/, { error: 'code' })

/** A unit as it was on the day asked for; `path` orders the tree and says what lies below what. */
export const institutionView = z.strictObject({
  key: z.number().int(), code: z.string(), kind: z.enum(institutionKinds), name: z.string(), nameEn: z.string(), parentKey: z.number().int().nullable(),
  path: z.string(), region: z.string(), managersIn: z.enum(['OUTLET', 'RM_DEPARTMENT']), from: z.string(), to: z.string().nullable(),
  /** People whose line, and whose desk, it is on that day. */
  inLine: z.number().int(), atPlace: z.number().int(),
})
export type InstitutionView = z.output<typeof institutionView>

export const listInstitutions = endpoint({
  id: 'organisation.institutions', method: 'GET', path: '/api/organisation/institutions',
  text: { zh: '查看机构树', en: 'See the tree of units' },
  permission: 'organisation.read',
  query: z.strictObject({ day: dayText.optional() }),
  reply: z.strictObject({ day: z.string(), items: z.array(institutionView), mayChange: z.boolean() }),
})

export const addInstitutionContract = endpoint({
  id: 'organisation.add-institution', method: 'POST', path: '/api/organisation/institutions',
  text: { zh: '新建机构', en: 'Add a unit' },
  permission: 'organisation.change', writes: 'act',
  body: z.strictObject({
    code, kind: z.enum(institutionKinds), name: safeText(60), nameEn: safeText(80), parentKey: z.number().int().min(1).max(2_000_000_000),
    managersIn: z.enum(['OUTLET', 'RM_DEPARTMENT']).optional(), from: dayText,
  }),
  reply: z.strictObject({ key: z.number().int() }),
  refusals: {
    'parent-not-there': { status: 422, zh: '未能新建。上级机构在该日不存在，请另选上级或日期', en: 'Not added. The parent is not there on that day; choose another parent or day' },
    'head-office-exists': { status: 422, zh: '未能新建。总行只有一个，请选择上级机构', en: 'Not added. There is one head office; choose a parent' },
    'code-taken': { status: 422, zh: '未能新建。机构代码已被使用，请换一个', en: 'Not added. The code is in use; take another' },
    'parent-full': { status: 422, zh: '未能新建。该上级下的机构已满', en: 'Not added. The parent has no place for more units' },
  },
})

export const renameInstitution = endpoint({
  id: 'organisation.rename-institution', method: 'PUT', path: '/api/organisation/institutions/:key/name',
  text: { zh: '机构更名', en: 'Rename a unit' },
  permission: 'organisation.change', writes: 'act',
  params: z.strictObject({ key: keyText }),
  body: z.strictObject({ name: safeText(60), nameEn: safeText(80), from: dayText, reason: safeText(200) }),
  reply: z.strictObject({}),
  refusals: {
    'unit-not-there': { status: 422, zh: '未能更名。该机构在该日不存在', en: 'Not renamed. The unit is not there on that day' },
    'later-fact-exists': { status: 422, zh: '未能更名。该机构在 {day} 已有变更，请选择更晚的日期', en: 'Not renamed. The unit has a change on {day}; choose a later day' },
  },
})

export const closeInstitution = endpoint({
  id: 'organisation.close-institution', method: 'PUT', path: '/api/organisation/institutions/:key/end',
  text: { zh: '撤销机构', en: 'Close a unit' },
  permission: 'organisation.change', writes: 'act',
  params: z.strictObject({ key: keyText }),
  body: z.strictObject({ from: dayText, reason: safeText(200) }),
  reply: z.strictObject({}),
  refusals: {
    'unit-not-there': { status: 422, zh: '未能撤销。该机构在该日不存在，或在该日才设立', en: 'Not closed. The unit is not there on that day or begins on it' },
    'unit-has-units': { status: 422, zh: '未能撤销。该机构下还有机构，请先撤销下级', en: 'Not closed. There are units below it; close them first' },
    'unit-has-people': { status: 422, zh: '未能撤销。还有 {count} 人在该机构任职，请先调动', en: 'Not closed. {count} people hold posts in it; transfer them first' },
    'unit-has-customers': { status: 422, zh: '未能撤销。还有客户归属该机构，请先移交', en: 'Not closed. Customers belong to it; hand them over first' },
  },
})
