export const Forgotten = () => null
