using TraceLint.Proofs.Child;

// The one argument is a folder for the report; what is printed is for people.
Console.WriteLine(Environment.GetEnvironmentVariable("TRACEPARENT") ?? "no TRACEPARENT");
ChildReport.Write(args[0]);
