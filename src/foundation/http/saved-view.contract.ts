import { z } from 'zod'
import { idText, newIdText, safeText } from '../values/api-values.ts'
import { endpoint } from './contract.ts'

const word = z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]{0,39}$/, { error: 'name' })
/** What a view of a list is: filters, order, columns, unit. Never what was searched: it may be somebody's name or number. */
export const viewState = z.strictObject({
  filters: z.array(z.strictObject({ name: word, value: safeText(60) })).max(20),
  sort: z.string().regex(/^-?[a-zA-Z][a-zA-Z0-9]{0,39}$/, { error: 'sort' }).nullable(), columns: z.array(word).max(40).nullable(), unit: z.enum(['yuan', 'wan', 'yi']).nullable(),
})
export type ViewState = z.output<typeof viewState>
const share = z.strictObject({ with: z.enum(['NONE', 'LINE']), post: z.string().regex(/^[A-Z][A-Z_]{1,39}$/, { error: 'post' }).nullable().default(null) })
const list = z.string().regex(/^[a-z][a-z-]{1,39}$/, { error: 'list' })

const savedView = z.strictObject({ id: z.string(), name: z.string(), state: viewState, mine: z.boolean(), ownerName: z.string(), shared: z.boolean(), sharedPost: z.string().nullable(), changedAt: z.string() })
export type SavedView = z.output<typeof savedView>
const nameTaken = { status: 409, zh: '未能保存。您已有同名视图', en: 'Not saved. You have a view of this name' }
const notYours = { status: 403, zh: '未能保存。只有建立人可以修改，您可以另存', en: 'Not saved. Only its maker may change it; save it as your own' }

/** Views of one list: mine, and those shared with my line and post. */
export const listSavedViews = endpoint({
  id: 'saved-views.list', method: 'GET', path: '/api/saved-views',
  text: { zh: '查看列表视图', en: 'List saved views' },
  permission: 'signed-in',
  query: z.strictObject({ list }),
  reply: z.strictObject({ items: z.array(savedView) }),
})
/** With which posts something of mine can be shared: those held in my unit and below it. */
export const listSharingPosts = endpoint({
  id: 'saved-views.posts', method: 'GET', path: '/api/sharing-posts',
  text: { zh: '查看可共享的岗位', en: 'Posts to share with' },
  permission: 'signed-in',
  reply: z.strictObject({ items: z.array(z.strictObject({ code: z.string(), name: z.string(), nameEn: z.string() })) }),
})
export const createSavedView = endpoint({
  id: 'saved-views.create', method: 'POST', path: '/api/saved-views',
  text: { zh: '保存视图', en: 'Save a view' },
  permission: 'signed-in', writes: 'create',
  body: z.strictObject({ id: newIdText, list, name: safeText(20), state: viewState, share }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'name-taken': nameTaken },
})
export const changeSavedView = endpoint({
  id: 'saved-views.change', method: 'PUT', path: '/api/saved-views/:viewId',
  text: { zh: '修改视图', en: 'Change a view' },
  permission: 'signed-in', writes: 'act',
  params: z.strictObject({ viewId: idText }),
  body: z.strictObject({ name: safeText(20), state: viewState, share }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'view-not-yours': notYours, 'name-taken': nameTaken },
})
export const endSavedView = endpoint({
  id: 'saved-views.end', method: 'PUT', path: '/api/saved-views/:viewId/end',
  text: { zh: '删除视图', en: 'Delete a view' },
  permission: 'signed-in', writes: 'act',
  params: z.strictObject({ viewId: idText }),
  reply: z.strictObject({ id: z.string() }),
  refusals: { 'view-not-yours': { ...notYours, zh: '未能删除。只有建立人可以删除', en: 'Not deleted. Only its maker may delete it' } },
})
