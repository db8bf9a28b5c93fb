/** Made by `messages.config.ts`: compiled messages of one language, by folder, in English's order. */
declare module 'virtual:messages/*' {
  const scopes: Readonly<Record<string, readonly string[]>>;
  export default scopes;
}
