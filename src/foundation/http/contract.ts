import { z } from 'zod'
import { safeText } from '../values/api-values.ts'
import type { FileKind } from '../values/file-kind.ts'

/** A text shown to people: Chinese first, English second. */
export type Text = { zh: string; en: string }
/** A refusal's HTTP status and sentence: what did not happen, why, what to do. `{name}` is filled from the refusal's details. */
export type RefusalText = Text & { status: number }
export type Refusals = Readonly<Record<string, RefusalText>>
export type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Shape = z.ZodType

/** A file that comes with a request: which kinds (by content), and how large at most, in bytes. */
export type UploadRule = { kinds: readonly FileKind[]; most: number }
/** A file as the door hands it on: its kind was found in its content and fits its name; `hash` is SHA-256 in hex. */
export type UploadedFile = { name: string; kind: FileKind; bytes: Uint8Array; hash: string }

/**
 * What one endpoint is: declared once, read by the server (checks), the browser (typed client), the scope test and the OpenAPI description.
 * `permission` names an action of src/access/permission-table.ts, or 'public' (no session) or 'signed-in' (any session).
 * `opens` names the path parameter of the customer that is opened first: unless the person may see it, the answer is not-found.
 * `writes`: 'create' = body.id is a UUIDv7 made by the client (the same id with the same content is the first answer again, for ever);
 *           'act' = the header Idempotency-Key is kept for 30 days; absent = reads only.
 */
export type Endpoint<P extends Shape = Shape, Q extends Shape = Shape, B extends Shape = Shape, R extends Shape = Shape> = {
  id: string
  method: Method
  path: `/${string}`
  text: Text
  permission: string
  opens?: string
  writes?: 'create' | 'act'
  params: P
  query: Q
  body: B
  reply: R
  /** The named refusals of this endpoint besides the general ones, most fundamental first. */
  refusals: Refusals
  /** A reply that is a file or a page and not JSON. */
  raw?: boolean
  /** Runs with its own transactions (sign-in, long jobs) instead of one for the request. */
  ownTransaction?: boolean
  /** Called by another system that proves itself by a signature in the body: the header of our own pages is not asked for. Only for 'public'. */
  callBack?: boolean
  /** A phone's draft may be sent later: the largest body in bytes (default 256 KiB). */
  maxBody?: number
  /** The request is a form (multipart/form-data) of two parts: `body`, the JSON that `body` describes, and `file`. Bound by handleUpload. */
  upload?: UploadRule
}

export type InputOf<E extends Endpoint> = { params: z.output<E['params']>; query: z.output<E['query']>; body: z.output<E['body']> }
export type SentOf<E extends Endpoint> = { params: z.input<E['params']>; query: z.input<E['query']>; body: z.input<E['body']> }
export type ReplyOf<E extends Endpoint> = z.output<E['reply']>

const nothing = z.strictObject({})
type Nothing = typeof nothing

/** Declares an endpoint. Parts that are left out accept nothing: an unknown field is a refusal, never ignored. */
export function endpoint<R extends Shape, P extends Shape = Nothing, Q extends Shape = Nothing, B extends Shape = Nothing>(declared: {
  id: string
  method: Method
  path: `/${string}`
  text: Text
  permission: string
  opens?: string
  writes?: 'create' | 'act'
  params?: P
  query?: Q
  body?: B
  reply: R
  refusals?: Refusals
  raw?: boolean
  ownTransaction?: boolean
  callBack?: boolean
  maxBody?: number
  upload?: UploadRule
}): Endpoint<P, Q, B, R> {
  return {
    ...declared,
    params: declared.params ?? (nothing as unknown as P),
    query: declared.query ?? (nothing as unknown as Q),
    body: declared.body ?? (nothing as unknown as B),
    refusals: declared.refusals ?? {},
  }
}

/** Query of every list: a cursor made by the server (opaque), and how many rows (1 to 200, default 50). */
export const pageQuery = { cursor: z.string().max(2000).optional(), limit: z.coerce.number().int().min(1).max(200).default(50) }

/** Reply of every list. `count.exact` is false when there are more than `count.value` rows ("1 万以上"); null when not asked for. */
export function page<T extends Shape>(item: T) {
  return z.strictObject({
    items: z.array(item),
    nextCursor: z.string().nullable(),
    count: z.strictObject({ value: z.number().int(), exact: z.boolean() }).nullable(),
  })
}

/** Whether an action is possible, and why not: the refusal's name. */
export const verdict = z.strictObject({ allowed: z.boolean(), reason: z.string().nullable() })

/** How the second person decides about a change that another one proposed (store/decide-proposal.ts): a return says why. */
export const decisionBody = z.strictObject({ decision: z.enum(['CONFIRMED', 'RETURNED']), note: safeText(200).optional() })
/** Why he may not. */
export const decisionRefusals = {
  'decided-already': { status: 409, zh: '未能复核。此变更已处理。请刷新后查看', en: 'Not decided. The change was decided already. Reload to see it' },
  'same-person': { status: 409, zh: '未能复核。您是经办人，不能复核。请由另一位同事复核', en: 'Not decided. You proposed it and cannot check it. Ask a colleague' },
  'note-missing': { status: 422, zh: '未能退回。请填写退回原因', en: 'Not returned. Say why' },
} as const satisfies Refusals
/** What this person may do with the object. Sent with every object. */
export const mayDo = z.record(z.string(), verdict)
export type MayDo = z.output<typeof mayDo>

/** The reply of every refused request. */
export const refusalReply = z.strictObject({
  refusal: z.string(),
  message: z.string(),
  field: z.string().nullable(),
  fields: z.array(z.strictObject({ field: z.string(), message: z.string() })),
  details: z.record(z.string(), z.string()),
  requestId: z.string(),
})
export type RefusalReply = z.output<typeof refusalReply>

/** Refusals that any endpoint may give, most fundamental first. */
export const generalRefusals = {
  'malformed-json': { status: 400, zh: '未能处理。请求内容不是有效的 JSON。请刷新页面后重试', en: 'Not processed. The request is not valid JSON. Reload the page and try again' },
  'too-large': { status: 413, zh: '未能处理。提交的内容过大。请缩减后再提交', en: 'Not processed. The content is too large. Shorten it and submit again' },
  'invalid-request': { status: 400, zh: '未能处理。有 {count} 处需要修改', en: 'Not processed. {count} place(s) need a change' },
  'file-missing': { status: 400, zh: '未能上传。没有收到文件，或文件是空的。请重新选择', en: 'Not uploaded. There is no file, or it is empty. Choose it again' },
  'file-unknown': { status: 422, zh: '未能上传。文件已损坏，或不是可识别的类型。此处接受：{accepted}', en: 'Not uploaded. The file is damaged or of an unknown kind. Accepted here: {acceptedEn}' },
  'file-misnamed': { status: 422, zh: '未能上传。文件名以 .{extension} 结尾，内容却是{found}。请使用原文件', en: 'Not uploaded. The name ends with .{extension}, the content is a {foundEn}. Use the original file' },
  'file-kind': { status: 422, zh: '未能上传。这是{found}，此处接受：{accepted}', en: 'Not uploaded. This is a {foundEn}. Accepted here: {acceptedEn}' },
  'not-signed-in': { status: 401, zh: '登录已结束。请重新登录', en: 'The session has ended. Sign in again' },
  'bad-origin': { status: 403, zh: '未能处理。请求不是来自本系统页面。请从系统页面操作', en: 'Not processed. The request does not come from a page of this system' },
  'must-change-password': { status: 403, zh: '请先修改初始密码', en: 'Change the initial password first' },
  'not-allowed': { status: 403, zh: '您的岗位不能办理此事项。如有需要，请联系上级或管理员', en: 'Your post may not do this. Ask your supervisor or the administrator' },
  'not-found': { status: 404, zh: '没有找到，或不在您的权限内', en: 'Not found, or not within your rights' },
  'invalid-cursor': { status: 400, zh: '列表位置已失效。请从第一页重新查看', en: 'The place in the list is no longer valid. Start from the first page' },
  'key-missing': { status: 400, zh: '未能处理。请求缺少防重复编号。请刷新页面后重试', en: 'Not processed. The request has no idempotency key. Reload the page and try again' },
  'key-reused': { status: 409, zh: '未能处理。同一编号已用于其他内容。请重新填写后提交', en: 'Not processed. The same id was used for other content. Enter it anew' },
  'in-progress': { status: 409, zh: '上一次提交正在处理。请稍候再看结果', en: 'The first submission is still in work. Look again in a moment' },
  'too-many': { status: 429, zh: '操作过于频繁。请 {minutes} 分钟后再试', en: 'Too many tries. Try again in {minutes} minutes' },
  'unavailable': { status: 503, zh: '暂时无法处理，已填内容未丢失。请稍后重试；编号 {requestId}', en: 'Not available now. Try again later; number {requestId}' },
  'our-mistake': { status: 500, zh: '暂时无法处理。请稍后重试；编号 {requestId}', en: 'Could not be done now. Try again later; number {requestId}' },
} as const satisfies Refusals
