// Replaces the `debug` package in fhirclient, which prints access tokens and PKCE verifiers to the
// console if localStorage.debug is set.
function silent() {}
silent.extend = () => silent;
silent.enabled = false;
module.exports = () => silent;
