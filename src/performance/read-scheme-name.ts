import { sql, type Sql } from '../foundation/database/transaction.ts'

export type SchemeName = { zh: string; en: string }
/** What a scheme is called today, by the expression of its code: people read the name, never the code. */
export const schemeNameOf = (code: Sql): Sql => sql`coalesce((SELECT jsonb_build_object('zh', n.name, 'en', n.name_en) FROM scheme n WHERE n.code = ${code} ORDER BY n.version DESC LIMIT 1), jsonb_build_object('zh', ${code}, 'en', ${code}))`
