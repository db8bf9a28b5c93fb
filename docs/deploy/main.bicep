// The web app on App Service (Linux or Windows), and who may use the FHIR service.
//
//   az deployment group create --resource-group patients --template-file docs/deploy/main.bicep \
//     --parameters appName=contoso-patients fhirWorkspace=contoso fhirService=fhir readers=<group id>
//
// Checked by eye against the API specifications of the versions named here; not compiled and not
// deployed by the project. `az bicep build --file docs/deploy/main.bicep` says whether it is whole.
//
// Entra registration and CORS are in azure-app-service.md: a template that names the CORS settings
// of a FHIR service would have to repeat all of its other settings.

@description('Name of the web app, unique in Azure.')
param appName string

@description('Region; best that of the FHIR service.')
param location string = resourceGroup().location

@description('The plan\'s operating system. Linux starts the server in the zip; Windows serves the files by IIS.')
@allowed(['linux', 'windows'])
param os string = 'linux'

@description('S1 and P0v3 have deployment slots, B1 has none.')
@allowed(['B1', 'S1', 'P0v3'])
param sku string = 'S1'

@description('Workspace of the FHIR service, in the same resource group. Empty: no roles are given.')
param fhirWorkspace string = ''

@description('Name of the FHIR service inside the workspace.')
param fhirService string = 'fhir'

@description('Object id of the Entra group that may read. Empty: none.')
param readers string = ''

@description('Object id of the Entra group that may read and write. Empty: none.')
param contributors string = ''

var isLinux = os == 'linux'
var giveRoles = !empty(fhirWorkspace)

// Built-in roles: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles
var readerRole = '4c8d0bbc-75d3-4935-991f-5f3c56d81508' // FHIR Data Reader
var contributorRole = '5a1fc7df-4bf1-4951-a576-89034ee01acd' // FHIR Data Contributor

resource plan 'Microsoft.Web/serverfarms@2023-12-01' = {
  name: '${appName}-plan'
  location: location
  sku: { name: sku }
  kind: isLinux ? 'linux' : 'app'
  properties: { reserved: isLinux } // "reserved" is how Azure says Linux
}

var siteConfig = {
  linuxFxVersion: isLinux ? 'NODE|22-lts' : ''
  appCommandLine: isLinux ? 'node _host/server.mjs' : '' // the server inside the zip
  alwaysOn: true // no cold start for the first person of the day
  ftpsState: 'Disabled' // deployments come by zip
  http20Enabled: true
  minTlsVersion: '1.2'
  appSettings: [
    { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' } // the zip is mounted as it is, read-only
    { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' } // nothing is built on the server
  ]
}

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: isLinux ? 'app,linux' : 'app'
  properties: {
    serverFarmId: plan.id
    httpsOnly: true // without https there is no sign-in
    clientAffinityEnabled: false // no cookie: any instance can answer
    siteConfig: siteConfig
  }
}

// "Easy Auth" would put its own sign-in before the app's.
resource auth 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: { platform: { enabled: false } }
}

// Deploy here, look, swap. The old version stays here for the way back.
resource staging 'Microsoft.Web/sites/slots@2023-12-01' = if (sku != 'B1') {
  parent: app
  name: 'staging'
  location: location
  kind: isLinux ? 'app,linux' : 'app'
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    clientAffinityEnabled: false
    siteConfig: siteConfig
  }
}

resource workspace 'Microsoft.HealthcareApis/workspaces@2024-03-31' existing = if (giveRoles) {
  name: giveRoles ? fhirWorkspace : 'none'
}

resource fhir 'Microsoft.HealthcareApis/workspaces/fhirservices@2024-03-31' existing = if (giveRoles) {
  parent: workspace
  name: fhirService
}

resource reader 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (giveRoles && !empty(readers)) {
  scope: fhir
  name: guid(resourceGroup().id, fhirWorkspace, fhirService, readers, readerRole)
  properties: {
    principalId: readers
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', readerRole)
  }
}

resource contributor 'Microsoft.Authorization/roleAssignments@2022-04-01' = if (giveRoles && !empty(contributors)) {
  scope: fhir
  name: guid(resourceGroup().id, fhirWorkspace, fhirService, contributors, contributorRole)
  properties: {
    principalId: contributors
    principalType: 'Group'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', contributorRole)
  }
}

@description('Register <origin>/redirect.html in Entra ID, and the origin in the FHIR service\'s CORS settings.')
output origin string = 'https://${app.properties.defaultHostName}'
