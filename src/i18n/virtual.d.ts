/** Made by `messages.config.ts`: compiled messages of one language, by room, in English's order. */
declare module 'virtual:messages/*' {
  const rooms: Readonly<Record<string, readonly string[]>>;
  export default rooms;
}
