// The identifiers of the site's things, by what they name.

package typealias PersonID = Identifier<Person>
package typealias DonorID = Identifier<Donor>
package typealias LotID = Identifier<Lot>
package typealias ContainerID = Identifier<Container>
package typealias BankID = Identifier<Bank>
package typealias BatchID = Identifier<Batch>
package typealias DeviationID = Identifier<Deviation>
package typealias PatientID = Identifier<Patient>
package typealias OrderID = Identifier<Order>
package typealias ShipmentID = Identifier<Shipment>
package typealias RoomID = Identifier<Room>
package typealias EquipmentID = Identifier<Equipment>
package typealias OrganisationID = Identifier<Organisation>
package typealias EnvironmentSampleID = Identifier<EnvironmentSample>
package typealias SimulationID = Identifier<Simulation>
/// A room or a piece of equipment: wherever air and surfaces are sampled.
package typealias PlaceID = Identifier<Place>
