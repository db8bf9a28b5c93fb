// The web app on App Service (Linux or Windows), and the roles of its users on the FHIR service.
//
//   az deployment group create --resource-group patients --template-file docs/deploy/main.bicep \
//     --parameters appName=contoso-patients fhirWorkspace=contoso fhirService=fhir readers=<group id>
//
// This file was compared by eye with the API specifications of the versions named here. The project
// has neither compiled nor deployed it: `az bicep build --file docs/deploy/main.bicep` compiles it.
//
// Entra registration and CORS are in azure-app-service.md, because a template that sets the CORS
// settings of a FHIR service would have to repeat all of its other settings.

@description('Name of the web app, unique in Azure.')
param appName string

@description('Region, preferably that of the FHIR service.')
param location string = resourceGroup().location

@description('Operating system of the plan. Linux starts the server in the zip; on Windows, IIS serves the files.')
@allowed(['linux', 'windows'])
param os string = 'linux'

@description('S1 and P0v3 have deployment slots, B1 has none.')
@allowed(['B1', 'S1', 'P0v3'])
param sku string = 'S1'

@description('Workspace of the FHIR service, in the same resource group. If empty, no roles are assigned.')
param fhirWorkspace string = ''

@description('Name of the FHIR service inside the workspace.')
param fhirService string = 'fhir'

@description('Object id of the Entra group that may read. If empty, no such role is assigned.')
param readers string = ''

@description('Object id of the Entra group that may read and write. If empty, no such role is assigned.')
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
  properties: { reserved: isLinux } // true means Linux
}

var siteConfig = {
  linuxFxVersion: isLinux ? 'NODE|22-lts' : ''
  appCommandLine: isLinux ? 'node _host/server.mjs' : '' // the server inside the zip
  alwaysOn: true // avoids a slow start for the first user of the day
  ftpsState: 'Disabled' // deployments use a zip, not FTP
  http20Enabled: true
  minTlsVersion: '1.2'
  appSettings: [
    { name: 'WEBSITE_RUN_FROM_PACKAGE', value: '1' } // mounts the zip read-only
    { name: 'SCM_DO_BUILD_DURING_DEPLOYMENT', value: 'false' } // builds nothing on the server
  ]
}

resource app 'Microsoft.Web/sites@2023-12-01' = {
  name: appName
  location: location
  kind: isLinux ? 'app,linux' : 'app'
  properties: {
    serverFarmId: plan.id
    httpsOnly: true // sign-in is refused without https
    clientAffinityEnabled: false // sets no cookie: any instance can answer
    siteConfig: siteConfig
  }
}

// "Easy Auth" is off, because it would require its own sign-in before the app's.
resource auth 'Microsoft.Web/sites/config@2023-12-01' = {
  parent: app
  name: 'authsettingsV2'
  properties: { platform: { enabled: false } }
}

// New versions are deployed to this slot, checked and swapped in. The earlier version then stays in
// the slot for a rollback.
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
