export const sql = (pieces: TemplateStringsArray, ...holes: unknown[]) => ({ pieces, holes })
