// Stands in for the `debug` package inside fhirclient, which would print access tokens and PKCE
// verifiers to the console of anybody who sets localStorage.debug.
function silent() {}
silent.extend = () => silent;
silent.enabled = false;
module.exports = () => silent;
